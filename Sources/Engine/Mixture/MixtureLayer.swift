import Gating
import Kernels

/// A sparse mixture: a router scores the weight experts for each token, a gate chooses some, and what they make is added
/// up by weight, with what the shared experts make for every token.
///
/// `y = Σ_(e chosen) w_e E_e(x) + S(x)`. Sources: arXiv:1701.06538 (the sparsely-gated mixture), arXiv:2401.06066
/// (shared experts).
struct MixtureLayer: FeedForward {
    let router: Linear
    let gate: Gate<TopK>
    let experts: ExpertBank
    var shared: SharedExpert?

    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows {
        let selection = select(x, layer: layer, pass)
        for (row, place) in pass.rows.enumerated() {
            place.recorder?.note(selection, row: row, layer: layer)
        }
        let output = pass.bench.memory.rows(x.count, width: x.width)
        experts.apply(x, selection, into: output, layer: layer, pass)
        shared?.add(to: output, of: x, layer: layer, pass)
        return output
    }

    private func select(_ x: ActivationRows, layer: Int, _ pass: Pass) -> Selection {
        let logits = router(x, pass)
        var scores = [Float](UnsafeBufferPointer(start: logits.start, count: x.count * router.width))
        for (row, place) in pass.rows.enumerated() {
            place.steering?.change(&scores, from: row * router.width, layer: layer, expertCount: router.width)
        }
        do {
            let matrix = try ScoreMatrix(rows: x.count, experts: router.width, values: scores)
            return try gate.select(matrix)
        } catch {
            preconditionFailure("a gate was held to its router when the model was read: \(error)")
        }
    }
}

/// Experts that serve every token, with a gate of their own or none.
struct SharedExpert: Sendable {
    let block: DenseFeedForward
    /// `[width]`: what they make is multiplied with `σ(g · x)` (Qwen2-MoE); nil for 1 (DeepSeek).
    var gate: [Float]?

    /// Adds what they make of each row of `x`.
    func add(to output: ActivationRows, of x: ActivationRows, layer: Int, _ pass: Pass) {
        let made = block(x, layer: layer, pass)
        pass.bench.forEach(x.count) { row in
            WeightedAddition.add(made[row], times: share(of: x[row], width: x.width), to: output[row], count: x.width)
        }
    }

    private func share(of x: UnsafeMutablePointer<Float>, width: Int) -> Float {
        guard let gate else { return 1 }
        let score = gate.withUnsafeBufferPointer {
            DotProduct.of($0, UnsafeBufferPointer(start: x, count: width))
        }
        return Float(1 / (1 + exponential(-Double(score))))
    }
}
