/// Weighs votes by how sure the experts said they are, after taking models' overconfidence out of it.
///
/// A stated confidence c counts 0.1 up to 0.6, 0.3 below 0.8, 0.5 below 0.9, 0.8 below 1, and 1 at 1; the weights of
/// equal answers add up, ties go to the answer first seen. Source: ReConcile (arXiv:2309.13007, section 3 and released
/// code). An expert that did not say counts as an unsure one, 0.1; that is ours.
public struct RecalibratedConfidenceRule: AdditiveVoteRule {
    public let name = "confidence"

    public init() {}

    public func weights(of votes: [CastVote], optionCount: Int, distinctAnswers: Int) -> [Double] {
        votes.map { Self.weight(of: $0.confidence ?? 0) }
    }

    /// What a stated confidence counts.
    static func weight(of confidence: Float) -> Double {
        switch confidence {
        case 1...: 1
        case 0.9...: 0.8
        case 0.8...: 0.5
        case let stated where stated > 0.6: 0.3
        default: 0.1
        }
    }
}
