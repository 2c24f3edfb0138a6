import ArgumentParser
import Core
import Store

/// `muster price list`
struct PriceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every expert's price.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let noted = try await assembly.store.prices()
            let reports = assembly.specs.map(\.card).map { card in
                PriceReport(
                    expert: card.id, model: card.model, price: card.price,
                    since: noted.last { $0.expert == card.id && $0.price == card.price }?.since)
            }
            try PriceReport.show(reports, asJSON: shared.json)
        }
    }
}
