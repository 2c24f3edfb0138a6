public import Core

/// Has one expert write a new answer from all.
///
/// Source: the aggregation step of Mixture-of-Agents (arXiv:2406.04692) as Symbolic-MoE uses it (arXiv:2503.05641, step H):
/// an instruction to weigh several responses critically, the responses under numbered headings with their thinking
/// removed, then the question. The wording is ours. If the writer fails, the majority vote stands.
public struct Synthesis: Aggregator {
    private let writer: ExpertID

    public let name = AggregationPlan.Method.synthesis.rawValue

    /// - Parameter writer: who writes.
    public init(writer: ExpertID) { self.writer = writer }

    public func aggregate(_ candidates: [Candidate], of question: Question) -> Aggregation {
        guard candidates.count > 1, case .settled(let elected, let vote) = Vote().aggregate(candidates, of: question)
        else {
            return Vote().aggregate(candidates, of: question)
        }
        let verdict = Verdict(
            method: name, expert: writer, ballots: vote.ballots, agreement: vote.agreement, note: vote.note)
        return .write(
            by: writer, asking: Self.request(for: question, responses: candidates.map(\.answer.text)), verdict,
            otherwise: elected)
    }

    /// The question as the writer gets it: instruction and responses as the system message, the conversation after it.
    public static func request(for question: Question, responses: [String]) -> Question {
        let numbered = responses.enumerated().map { "\($0 + 1).\n\($1.afterThinking.strippingBlankEnds)" }
        return question.instructed(instruction + "\n\nResponses:\n\n" + numbered.joined(separator: "\n\n"))
    }

    private static let instruction = """
        Several experts have answered the user's question; their responses follow. Some may be wrong or biased. Judge \
        them critically, do not just copy one: work out what is right, and write one complete, accurate and \
        well-organised answer in your own words. Keep the form of the final answer that the user asks for.
        """
}

extension String {
    fileprivate var strippingBlankEnds: String {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
