import Kernels

/// Attention that keeps one short vector of each token instead of keys and values for every head.
///
/// Multi-head latent attention, DeepSeek-V2 (arXiv:2405.04434, section 2.1), in its absorbed form: with `c` the
/// normalised latent of a token and `k^R` its rotated part, `q·k = (W_kb q^C)·c + q^R·k^R`, so the queries are taken to
/// the latents rather than the latents to the keys; and what the latents give is taken to the values by `W_vb` after the
/// sum. The cache holds `[c; k^R]` alone, whose first numbers serve as values.
struct LatentAttention: TokenMixing {
    let shape: LatentShape
    let query: LatentQuery
    /// From width to `[latent + rotated]`.
    let compress: Linear
    /// Of the latent.
    let latentNorm: RootMeanSquareNorm
    let expansion: LatentExpansion
    let output: Linear
    let rotary: RotaryEmbedding
    let scale: Float

    var cacheShape: CacheShape { CacheShape(keyWidth: shape.latent + shape.rotated, valueWidth: 0) }

    var rotations: [RotaryEmbedding] { [rotary] }

    func callAsFunction(_ x: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows {
        let latents = compress(x, pass)
        latentNorm.applyInPlace(latents.columns(from: 0, width: shape.latent), pass)
        rotary.turn(
            latents.columns(from: shape.latent, width: shape.rotated), headSize: shape.rotated, pass)
        for (row, place) in pass.rows.enumerated() {
            place.cache.layer(layer).store(key: latents[row], at: place.position)
        }
        let mixed = attend(absorbed(query(x, pass), pass), layer: layer, pass)
        let values = pass.bench.memory.rows(x.count, width: shape.heads * shape.valueSize)
        pass.bench.multiply(
            (0..<shape.heads).map { head in
                Product(
                    expansion.values[head],
                    mixed.columns(from: head * shape.latent, width: shape.latent),
                    into: values.columns(from: head * shape.valueSize, width: shape.valueSize))
            }, pass.form)
        return output(values, pass)
    }

    /// The queries as the latents see them: `[heads × (latent + rotated)]` in each row.
    private func absorbed(_ q: ActivationRows, _ pass: Pass) -> ActivationRows {
        let (plain, keySize, width) = (shape.plain, shape.plain + shape.rotated, shape.latent + shape.rotated)
        rotary.turn(q, headSize: keySize, from: plain, pass)
        let taken = pass.bench.memory.rows(q.count, width: shape.heads * width)
        pass.bench.multiply(
            (0..<shape.heads).map { head in
                Product(
                    expansion.keys[head], q.columns(from: head * keySize, width: plain),
                    into: taken.columns(from: head * width, width: shape.latent))
            }, pass.form)
        for row in 0..<q.count {
            for head in 0..<shape.heads {
                (taken[row] + head * width + shape.latent)
                    .update(from: q[row] + head * keySize + plain, count: shape.rotated)
            }
        }
        return taken
    }

    private func attend(_ q: ActivationRows, layer: Int, _ pass: Pass) -> ActivationRows {
        let mixed = pass.bench.memory.rows(q.count, width: shape.heads * shape.latent)
        let longest = pass.rows.map { $0.position + 1 }.max() ?? 0
        let width = shape.latent + shape.rotated
        let scores = pass.bench.memory.rows(pass.bench.team.threadCount, width: longest)
        let kernel = CachedAttention(keySize: width, valueSize: shape.latent, scale: scale)
        pass.bench.team.run(parts: q.count * shape.heads) { part, thread in
            let (row, head) = (q.count - 1 - part / shape.heads, part % shape.heads)
            let place = pass.rows[row]
            kernel.attend(
                queries: q[row] + head * width, heads: 1, to: place.cache.layer(layer).viewOfKeys(),
                positions: 0..<place.position + 1, scratch: scores[thread], out: mixed[row] + head * shape.latent)
        }
        return mixed
    }
}

/// The sizes of a latent attention.
struct LatentShape: Sendable {
    let heads: Int
    /// Of the vector that is kept.
    let latent: Int
    /// Numbers of a key that turn with the position, shared by all heads.
    let rotated: Int
    /// Numbers of a key that do not.
    let plain: Int
    let valueSize: Int
}

/// How queries are made: directly, or through a short vector of their own.
enum LatentQuery: Sendable {
    case direct(Linear)
    case compressed(down: Linear, norm: RootMeanSquareNorm, up: Linear)

    func callAsFunction(_ x: ActivationRows, _ pass: Pass) -> ActivationRows {
        switch self {
        case .direct(let map): map(x, pass)
        case .compressed(let down, let norm, let up): up(norm(down(x, pass), pass), pass)
        }
    }
}
