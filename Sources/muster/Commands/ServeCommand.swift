import ArgumentParser

/// `muster serve`: the OpenAI-compatible address.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the OpenAI-compatible API until stopped.",
        discussion: "SIGTERM and SIGINT stop it; streams may end first (server.drain).")

    @OptionGroup var configured: ConfigurationOptions
    @OptionGroup var options: ServeOptions

    func run() async throws { try await options.serve(configured.source) }
}
