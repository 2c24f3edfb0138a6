import ArgumentParser
import Core
import Engine
import Kernels

/// `muster model offload`: what it costs to keep only part of a model's weight experts in memory.
struct ModelOffloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offload", abstract: "Measure a model whose weight experts may use only so much memory.",
        discussion: """
            Runs the model with all experts mapped, twice to measure it warm, then with a memory of the given size for each --policy: least \
            recently used (lru), least frequently used (lfu), and the best that knowing the future allows (belady). The \
            tokens are those of --text, or random ones, on which routing is at its most scattered. Reads go through the \
            system's file cache: where the file is in it, they cost a copy, not the disk. Fails when a score differs in \
            a single bit. With --json: {"expert_bytes", "budget_bytes", "mapped": {…}, "policies": [{"policy", \
            "hit_rate", …}]}.
            """)

    @OptionGroup var options: ModelOptions
    @OptionGroup var workload: OffloadWorkload

    @Option(help: "Memory for experts, as a share of the bytes of all of them.")
    var budget: Double?

    @Option(help: "Memory for experts, bytes.")
    var budgetBytes: Int?

    @Option(help: "What goes when room is needed: lru, lfu, belady; may be given several times. All if left out.")
    var policy: [Policy] = []

    @Flag(help: "Read ahead what the next layer needed for the last token.")
    var readAhead = false

    @Flag(help: "Print JSON.")
    var json = false

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case lru, lfu, belady

        func eviction(_ trace: RoutingTrace, passes: [Int]) -> any EvictionPolicy {
            switch self {
            case .lru: LeastRecentlyUsed()
            case .lfu: LeastFrequentlyUsed()
            case .belady: FarthestNextUse(of: trace, passes: passes)
            }
        }
    }

    func validate() throws {
        guard (budget == nil) != (budgetBytes == nil) else {
            throw ValidationError("Give one of --budget and --budget-bytes.")
        }
        if let budget, !(budget > 0 && budget <= 1) {
            throw ValidationError("--budget is \(budget); it goes from above 0 to 1.")
        }
        if let budgetBytes, budgetBytes < 1 {
            throw ValidationError("--budget-bytes is \(budgetBytes); it goes from 1.")
        }
    }

    func run() throws {
        let model = try options.model()
        guard model.expertBytes > 0 else {
            throw Fault(
                .unsupported, options.file, "is a dense model: every weight serves every token",
                hint: "Give a sparse mixture of experts")
        }
        let team = try options.team()
        let tokens = try workload.tokens(model, options)
        let bytes = budgetBytes ?? Int(Double(model.expertBytes) * (budget ?? 1))
        let recorder = RoutingRecorder(model, capacity: tokens.count)
        // The first run records the routing and brings the file into the system's cache, so that the second is measured
        // on the terms of all others.
        _ = workload.run(model, team, tokens, recorder: recorder)
        let mapped = workload.run(model, team, tokens)
        var policies: [OffloadReport.Policy] = []
        for policy in policy.isEmpty ? Policy.allCases : policy {
            let eviction = policy.eviction(recorder.trace, passes: workload.passes(of: tokens.count))
            let budgeted = try options.model(
                experts: .budget(bytes: bytes, policy: eviction, predictor: readAhead ? RepeatedExperts() : nil))
            let run = workload.run(budgeted, team, tokens)
            guard run.digest == mapped.digest else {
                throw Fault(
                    .unsupported, options.file, "scores otherwise with a budget for its experts (\(policy.rawValue))",
                    expected: "the same bits as with all experts mapped",
                    hint: "Was the file changed meanwhile? If not, this is an error of ours: please report it")
            }
            policies.append(OffloadReport.Policy(policy.rawValue, run, mapped: mapped))
        }
        let report = OffloadReport(
            expertBytes: model.expertBytes, budgetBytes: bytes, promptTokens: workload.promptTokens,
            generateTokens: tokens.count - workload.promptTokens, threads: team.threadCount,
            mapped: OffloadReport.Speed(mapped), policies: policies)
        if json { return try Output.json(report) }
        Output.lines(report.lines)
    }
}
