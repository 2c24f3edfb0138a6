import ArgumentParser
import Core
import Pipeline
import Server
import Settings
import Store

/// `muster key create`
struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a key; its secret goes to standard output, this once.",
        discussion: "Without options a key may use everything, as often as it likes, for ever.")

    @OptionGroup var shared: SharedOptions

    @Option(help: "Routes, experts and embedders that it may use, separated by commas; all if left out.")
    var routes: String?

    @Option(help: "Requests within any minute.")
    var requestsPerMinute: Int?

    @Option(help: "Tokens within any minute, read and written.")
    var tokensPerMinute: Int?

    @Option(help: "Dollars that it may spend.")
    var budgetDollars: Double?

    @Option(help: "Tokens that it may use, read and written.")
    var budgetTokens: Int?

    @Option(help: "Calls to experts that it may cause; one request may need several.")
    var budgetCalls: Int?

    @Option(help: "When the budget begins anew: day, month or total for never. UTC.")
    var period: Renewal?

    @Option(help: "How long it counts: 12h, 90d; for ever if left out.")
    var expires: Span?

    @Argument(help: "What people call it: letters, digits, - _ and .")
    var name: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let order = KeyOrder(
                name: name, scope: (routes ?? "").split(separator: ",").map { $0.filter { $0 != " " } },
                rates: RateLimits(requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute),
                budget: KeyBudget(
                    dollars: budgetDollars, tokens: budgetTokens, calls: budgetCalls, period: period?.period ?? .total),
                lifetime: expires?.duration)
            let now = assembly.time.timestamp()
            let (key, secret) = try order.make(
                models: assembly.service.models().map(\.id) + assembly.embedders.entries.map(\.id), now: now,
                entropy: WallClock.entropy)
            let isFirst = try await assembly.store.keys().isEmpty
            try await assembly.store.add(key)
            if isFirst, assembly.settings.server.keys.isEmpty {
                Output.remark("muster: from now on the service lets in only who has a key")
            }
            try MadeKey.show(
                secret, try await .of(key, store: assembly.store, now: now), what: "created", asJSON: shared.json)
        }
    }
}

/// A key that was made this moment: the only place where a secret is shown.
struct MadeKey: Encodable {
    var secret: String
    var key: KeyReport

    static func show(_ secret: KeySecret, _ report: KeyReport, what: String, asJSON: Bool) throws {
        if asJSON { return try Output.json(MadeKey(secret: secret.reveal(), key: report)) }
        Output.line(secret.reveal())
        Output.remark("muster: key \(report.name) \(what) (\(report.id)); its secret is shown this once")
    }
}

/// A span of time on the command line.
struct Span: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.parse(argument) else { return nil }
        self.duration = duration
    }
}

/// When a budget begins anew, on the command line.
struct Renewal: ExpressibleByArgument {
    let period: BudgetPeriod

    init?(argument: String) {
        guard let period = BudgetPeriod(rawValue: argument) else { return nil }
        self.period = period
    }
}
