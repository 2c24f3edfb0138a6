import ArgumentParser
import Core
import Server
import Store

/// `muster key list`
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every key, without its secret.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            var reports: [KeyReport] = []
            for key in try await assembly.store.keys() {
                reports.append(try await .of(key, store: assembly.store, now: assembly.time.timestamp()))
            }
            if shared.json { return try Output.json(reports) }
            guard !reports.isEmpty else { return Output.line("there are no keys; muster key create NAME makes one") }
            var table = TextTable(["key", "begins", "state", "may use", "a minute", "spent", "of", "renews"])
            for report in reports {
                table.add([
                    report.name, report.prefix, report.state.rawValue,
                    report.routes.isEmpty ? "everything" : report.routes.joined(separator: ", "), report.rates,
                    report.spent.text, report.budget?.text ?? "–",
                    report.renewsAt.map { CalendarDay(of: $0).text } ?? "–",
                ])
            }
            Output.lines(table.lines)
        }
    }
}

extension KeyReport {
    /// What it may ask for within a minute.
    var rates: String {
        let parts = [requestsPerMinute.map { "\($0) requests" }, tokensPerMinute.map { "\($0) tokens" }]
        let text = parts.compactMap(\.self).joined(separator: ", ")
        return text.isEmpty ? "–" : text
    }
}

extension KeyReport.Amount {
    /// `$0.0123, 400 tokens, 3 calls`; only what is there.
    var text: String {
        [dollars.map { "$\($0.inDollars)" }, tokens.map { "\($0) tokens" }, calls.map { "\($0) calls" }]
            .compactMap(\.self).joined(separator: ", ")
    }
}
