import Engine
import Kernels

/// Runs a model over tokens and keeps all its scores.
enum TinyRun {
    /// The bits of each score: first of `prompt`, in one pass, then of `steps`, one pass each.
    static func scores(
        _ model: LanguageModel, prompt: [Int], steps: [Int] = [], threads: Int = 2, recorder: RoutingRecorder? = nil
    ) throws -> [UInt32] {
        try scores(model, passes: [prompt] + steps.map { [$0] }, threads: threads, recorder: recorder)
            .map { $0.bitPattern }
    }

    /// Each score of a sequence that grows by `passes`, row after row.
    static func scores(
        _ model: LanguageModel, passes: [[Int]], threads: Int = 2, form: ActivationForm = .float,
        steering: SteeringPlan? = nil, recorder: RoutingRecorder? = nil
    ) throws -> [Float] {
        guard let team = ThreadTeam(threads: threads) else { throw NoThreads() }
        let capacity = passes.reduce(0) { $0 + $1.count }
        let evaluation = Evaluation(model, team: team, capacity: capacity, form: form)
        var all: [Float] = []
        for tokens in passes where !tokens.isEmpty {
            evaluation.extend(by: tokens, scoring: .all, steering: steering, recorder: recorder) { _, scores in
                all += scores
            }
        }
        return all
    }

    /// The scores after the last of `tokens`, of which the first `kept` go ahead in a pass that scores none.
    static func lastScores(_ model: LanguageModel, after tokens: [Int], keeping kept: Int) throws -> [Float] {
        guard let team = ThreadTeam(threads: 2) else { throw NoThreads() }
        let evaluation = Evaluation(model, team: team, capacity: tokens.count)
        var last: [Float] = []
        evaluation.extend(by: Array(tokens.prefix(kept)), scoring: .none) { _, _ in }
        evaluation.extend(by: Array(tokens.dropFirst(kept)), scoring: .last) { last = Array($1) }
        return last
    }

    private struct NoThreads: Error {}
}
