/// One weight expert of a model: its layer, and which of the layer's experts it is, both from 0.
public struct ExpertKey: Hashable, Comparable, Sendable {
    public let layer: Int
    public let expert: Int

    public init(layer: Int, expert: Int) {
        self.layer = layer
        self.expert = expert
    }

    /// In the order in which a pass meets them.
    public static func < (left: ExpertKey, right: ExpertKey) -> Bool {
        (left.layer, left.expert) < (right.layer, right.expert)
    }
}
