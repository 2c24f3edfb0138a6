import ArgumentParser

/// `muster price`: what tokens cost, now and before.
struct PriceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price", abstract: "Show what experts' tokens cost, now and before.",
        discussion: """
            Prices stand in the configuration, in dollars for a million tokens. Each has a version that its numbers make; \
            every attempt in a trace says by which version its dollars were computed.
            """,
        subcommands: [PriceListCommand.self, PriceHistoryCommand.self])
}
