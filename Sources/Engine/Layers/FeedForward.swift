import Kernels

/// What a block does with each token by itself.
protocol FeedForward: Sendable {
    /// What each row of `x` becomes, `[count × width]`.
    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows
}

/// A gated feed-forward block: `y = W_down (act(W_gate x) ⊙ W_up x)`. Source: arXiv:2002.05202.
struct DenseFeedForward: FeedForward {
    let gate: Linear
    let up: Linear
    let down: Linear
    let activation: GatedActivation

    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows {
        let mapped = Linear.apply([gate, up], to: x, pass)
        activation.apply(to: mapped[0], up: mapped[1], pass)
        return down(mapped[0], pass)
    }
}

extension GatedActivation {
    /// Changes the rows of `gate` in place by those of `up`.
    func apply(to gate: ActivationRows, up: ActivationRows, _ pass: Pass) {
        pass.bench.forEach(gate.count) { row in
            apply(to: gate[row], up: up[row], count: gate.width)
        }
    }
}

extension WeightFile {
    /// The dense block of `prefix`, whose tensors end with `suffix` (`_shexp` for a shared expert).
    func feedForward(
        _ prefix: String, suffix: String = "", width: Int, inner: Int, _ activation: GatedActivation
    ) throws(ModelRefusal) -> DenseFeedForward {
        DenseFeedForward(
            gate: try linear("\(prefix)ffn_gate\(suffix)", from: width, to: inner),
            up: try linear("\(prefix)ffn_up\(suffix)", from: width, to: inner),
            down: try linear("\(prefix)ffn_down\(suffix)", from: inner, to: width), activation: activation)
    }
}
