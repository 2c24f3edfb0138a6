import ArgumentParser
import Core
import Server
import Store

/// `muster key show`
struct KeyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a key may use, and what it has spent.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its name or id.")
    var name: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let key = try await assembly.store.keys().key(named: name)
            let report = try await KeyReport.of(key, store: assembly.store, now: assembly.time.timestamp())
            if shared.json { return try Output.json(report) }
            var table = TextTable(["key", report.name])
            table.add(["id", report.id])
            table.add(["begins", report.prefix])
            table.add(["state", report.state.rawValue])
            table.add(["may use", report.routes.isEmpty ? "everything" : report.routes.joined(separator: ", ")])
            table.add(["a minute", report.rates])
            table.add([
                "budget", (report.budget?.text ?? "none") + (report.budget == nil ? "" : ", \(key.budget.period)"),
            ])
            table.add(["spent", "\(report.spent.text) (\(report.period))"])
            if let aside = report.setAside { table.add(["set aside", "\(aside.text), by services that run or died"]) }
            if let renews = report.renewsAt { table.add(["renews", CalendarDay(of: renews).text]) }
            table.add(["created", CalendarDay(of: report.createdAt).text])
            if let expires = report.expiresAt { table.add(["expires", CalendarDay(of: expires).text]) }
            if let former = report.formerUntil { table.add(["old secret", "until \(CalendarDay(of: former).text)"]) }
            if let revoked = report.revokedAt { table.add(["revoked", CalendarDay(of: revoked).text]) }
            Output.lines(table.lines)
        }
    }
}
