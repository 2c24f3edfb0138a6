import Core

/// How long an expert's answers are and how long they take, from the answers of earlier runs.
struct AnswerPace: Sendable, Hashable {
    /// Answers it rests on.
    var count = 0
    private var tokens = 0
    private var seconds = 0.0
    /// Those of them that took a known time; what came with a batch did not.
    private var timed = 0

    /// Mean tokens of an answer; nil without answers.
    var completionTokens: Double? { count > 0 ? Double(tokens) / Double(count) : nil }
    /// Mean seconds of an answer; nil without one whose time is known.
    var answerSeconds: Double? { timed > 0 ? seconds / Double(timed) : nil }

    mutating func add(_ answer: Answer) {
        count += 1
        tokens += answer.usage.completionTokens
        guard answer.seconds > 0 || answer.firstTextSeconds != nil else { return }
        timed += 1
        seconds += answer.seconds
    }

    /// Runs that are looked at, the newest.
    private static let mostRuns = 20

    /// The pace of every expert; of runs on `suite` where it has some, else of all.
    static func all(in store: any RunStore, suite: String) async throws -> [ExpertID: AnswerPace] {
        var own: [ExpertID: AnswerPace] = [:]
        var any: [ExpertID: AnswerPace] = [:]
        for run in try await store.runs().prefix(mostRuns) {
            for kept in try await store.answers(in: run.id) {
                guard let answer = kept.answer, kept.seat < RunJudge.firstSeat else { continue }
                any[kept.expert, default: AnswerPace()].add(answer)
                if run.suite == suite { own[kept.expert, default: AnswerPace()].add(answer) }
            }
        }
        return any.merging(own) { _, own in own }
    }
}
