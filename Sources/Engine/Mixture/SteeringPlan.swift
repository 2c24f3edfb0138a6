/// What one request changes in the gates: weight experts that it never visits, or that score higher or lower.
///
/// `z_e ← z_e + boost`, or minus infinity for a masked one, before the gate. The idea of MoTE and of EASY-EP's masks
/// (arXiv:2504.06792): experts switched per request, with the weights untouched.
public struct SteeringPlan: Equatable, Sendable {
    /// One change.
    public enum Change: Equatable, Sendable {
        /// Never chosen.
        case mask
        /// Added to the expert's score; finite.
        case boost(Float)
    }

    private var changes: [Int: [Int: Change]] = [:]

    /// A plan that changes nothing.
    public init() {}

    /// Sets the change of `expert` in `layer`, both from 0.
    public mutating func set(_ change: Change, layer: Int, expert: Int) {
        changes[layer, default: [:]][expert] = change
    }

    /// Whether it changes nothing.
    public var isEmpty: Bool { changes.isEmpty }

    /// The first layer and expert that a model of these sizes lacks, or nil when the plan fits. Layers without experts
    /// have an expert count of 0.
    public func misfit(expertCounts: [Int]) -> (layer: Int, expert: Int)? {
        for (layer, experts) in changes.sorted(by: { $0.key < $1.key }) {
            for expert in experts.keys.sorted()
            where layer < 0 || layer >= expertCounts.count || expert < 0 || expert >= expertCounts[layer] {
                return (layer, expert)
            }
        }
        return nil
    }

    /// The fewest experts of a layer that are left to choose from.
    public func fewestLeft(expertCounts: [Int]) -> Int {
        expertCounts.enumerated().filter { $0.element > 0 }.map { layer, count in
            count - (changes[layer] ?? [:]).values.count { $0 == .mask }
        }.min() ?? 0
    }

    /// Changes the scores of one token, which begin at `start`.
    func change(_ scores: inout [Float], from start: Int, layer: Int, expertCount: Int) {
        for (expert, change) in changes[layer] ?? [:] where expert < expertCount {
            switch change {
            case .mask: scores[start + expert] = -.infinity
            case .boost(let amount): scores[start + expert] += amount
            }
        }
    }
}
