import ArgumentParser
import Core
import Store

/// `muster price history`
struct PriceHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List the prices that counted, oldest first, also of experts that are gone.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "An expert's id; all if left out.")
    var expert: String?

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let noted = try await assembly.store.prices()
            if let expert, !noted.contains(where: { $0.expert.rawValue == expert }) {
                throw Fault.unknown(
                    .unknownExpert, "expert", named: expert, among: Array(Set(noted.map(\.expert.rawValue))),
                    hint: "muster price history shows all")
            }
            let reports = noted.filter { expert == nil || $0.expert.rawValue == expert }.map {
                PriceReport(expert: $0.expert, model: $0.model, price: $0.price, since: $0.since)
            }
            try PriceReport.show(reports, asJSON: shared.json)
        }
    }
}
