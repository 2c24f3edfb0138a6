import Kernels

/// Mixes what the tokens of a sequence know: each asks with its query, is answered by the keys, and takes the values.
///
/// Grouped-query attention (arXiv:2305.13245): `heads / keyHeads` queries share a key and a value. Causal: a token sees
/// itself and those before it, or the last `window` of them.
struct Attention: TokenMixing {
    let shape: AttentionShape
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    /// Norms of the whole query and key (OLMoE) or of each head (Qwen3, Gemma 3): the width of the norm tells.
    var queryNorm: RootMeanSquareNorm?
    var keyNorm: RootMeanSquareNorm?
    let rotary: RotaryEmbedding
    /// What the products of queries and keys are multiplied with; usually `1 / √keySize`.
    var scale: Float
    /// Tokens seen, itself included; nil for all.
    var window: Int?
    /// A logit of each head that takes a share of attention and gives nothing (gpt-oss), `[heads]`.
    var sinks: [Float]?

    var cacheShape: CacheShape {
        CacheShape(
            keyWidth: shape.keyHeads * shape.keySize, valueWidth: shape.keyHeads * shape.valueSize)
    }

    var rotations: [RotaryEmbedding] { [rotary] }

    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows {
        let mapped = Linear.apply([query, key, value], to: x, pass)
        let (q, k, v) = (mapped[0], mapped[1], mapped[2])
        queryNorm?.applyInPlace(q, pass)
        keyNorm?.applyInPlace(k, pass)
        rotary.turn(q, headSize: shape.keySize, pass)
        rotary.turn(k, headSize: shape.keySize, pass)
        for (row, place) in pass.rows.enumerated() {
            place.cache.layer(layer).store(key: k[row], value: v[row], at: place.position)
        }
        let mixed = pass.bench.memory.rows(x.count, width: shape.heads * shape.valueSize)
        attend(q, into: mixed, layer: layer, pass)
        return output(mixed, pass)
    }

    private func attend(_ q: ActivationRows, into mixed: ActivationRows, layer: Int, _ pass: Pass) {
        let group = shape.heads / shape.keyHeads
        let kernel = CachedAttention(keySize: shape.keySize, valueSize: shape.valueSize, scale: scale)
        let longest = pass.rows.map { $0.position + 1 }.max() ?? 0
        let scores = pass.bench.memory.rows(pass.bench.team.threadCount, width: group * longest)
        pass.bench.team.run(parts: q.count * shape.keyHeads) { part, thread in
            // Late rows see the most; begun first, they do not leave one thread alone at the end.
            let row = q.count - 1 - part / shape.keyHeads
            let head = part % shape.keyHeads
            let place = pass.rows[row]
            let end = place.position + 1
            sinks.withHead(head * group) { sinks in
                kernel.attend(
                    queries: q[row] + head * group * shape.keySize, heads: group,
                    to: place.cache.layer(layer).view(
                        keyFrom: head * shape.keySize, valueFrom: head * shape.valueSize),
                    positions: max(0, end - (window ?? end))..<end, sinks: sinks, scratch: scores[thread],
                    out: mixed[row] + head * group * shape.valueSize)
            }
        }
    }
}

/// A way of mixing the tokens of a sequence.
protocol TokenMixing: Sendable {
    /// What it keeps of each position.
    var cacheShape: CacheShape { get }

    /// The rotary embeddings it uses, for their angles to be made once for all layers.
    var rotations: [RotaryEmbedding] { get }

    /// What each row of `x` takes from its sequence, `[count × width]`.
    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows
}

/// The heads of an attention.
struct AttentionShape: Sendable {
    let heads: Int
    let keyHeads: Int
    let keySize: Int
    let valueSize: Int
}

extension Optional where Wrapped == [Float] {
    /// Lends the numbers from `index` on, or nothing when there are none.
    fileprivate func withHead(_ index: Int, _ body: (UnsafePointer<Float>?) -> Void) {
        guard let self else { return body(nil) }
        self.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + index }) }
    }
}
