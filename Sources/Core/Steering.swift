/// What one question changes in the gates of a sparse mixture of experts: weight experts that no token visits, and ones
/// that score higher or lower than they would.
///
/// Only models that run in this process can be steered: no server lets anybody at its gates.
public struct Steering: Sendable, Hashable {
    /// A weight expert, by its layer and its number there, both from 0.
    public struct Place: Sendable, Hashable {
        public var layer: Int
        public var expert: Int

        public init(layer: Int, expert: Int) {
            self.layer = layer
            self.expert = expert
        }
    }

    /// What happens to its score.
    public enum Change: Sendable, Hashable {
        /// It is never chosen.
        case mask
        /// This is added; finite.
        case boost(Double)
    }

    public var changes: [Place: Change]

    public init(_ changes: [Place: Change] = [:]) { self.changes = changes }

    /// The changes as one line, lowest place first: what stands for them in a fingerprint.
    var line: String {
        changes.sorted { ($0.key.layer, $0.key.expert) < ($1.key.layer, $1.key.expert) }.map { place, change in
            switch change {
            case .mask: "\(place.layer).\(place.expert) masked"
            case .boost(let amount): "\(place.layer).\(place.expert) \(amount)"
            }
        }.joined(separator: ", ")
    }
}
