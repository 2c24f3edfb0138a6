public import Core

/// The test that finds out which expert writes the best synthesis for a task.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step I: for each validation question one right answer and two wrong ones are
/// drawn from all experts' answers (empty texts where there are too few), shuffled, and shown with the synthesis
/// instruction; the expert that finds the right answer most often becomes the aggregator. Quirks of the released code:
/// a letter is asked for even where the answer is a number, and answers are compared as plain strings; we keep the
/// question's own form and compare extracted answers.
public struct AggregatorTrial: Sendable {
    /// A right or wrong answer to a validation question.
    public struct Chain: Sendable, Hashable {
        public var text: String
        public var isRight: Bool

        public init(text: String, isRight: Bool) {
            self.text = text
            self.isRight = isRight
        }
    }

    /// How many wrong answers stand beside the right one.
    public static let wrongCount = 2

    public init() {}

    /// What each candidate writer is asked for one validation question.
    public func request(for question: Question, chains: [Chain], seed: UInt64) -> Question {
        var random = SeededRandom(seed: seed)
        var right = chains.filter(\.isRight).map(\.text)
        var wrong = chains.filter { !$0.isRight }.map(\.text)
        random.shuffle(&right)
        random.shuffle(&wrong)
        // The code replaces both wrong answers by empty texts as soon as one is missing; so do we.
        let shownWrong =
            wrong.count >= Self.wrongCount
            ? Array(wrong.prefix(Self.wrongCount)) : Array(repeating: "", count: Self.wrongCount)
        var shown = [right.first ?? ""] + shownWrong
        random.shuffle(&shown)
        return Synthesis.request(for: question, responses: shown)
    }

    /// The expert with the most right answers; ties in name order. Nil without results.
    public func best(of right: [ExpertID: Int]) -> ExpertID? {
        right.sorted { $0.key < $1.key }.max { $0.value < $1.value }?.key
    }
}
