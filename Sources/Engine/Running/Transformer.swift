import Kernels

/// A language model: tokens become rows, blocks change the rows, and the last rows become a score for each next token.
struct Transformer: Sendable {
    /// `[vocabulary × width]`.
    let embedding: StoredMatrix
    /// What embeddings are multiplied with; usually 1.
    var embeddingScale: Float = 1
    let blocks: [TransformerBlock]
    let finalNorm: RootMeanSquareNorm
    /// From width to vocabulary.
    let output: Linear
    /// What scores are divided by; usually 1.
    var logitDivisor: Float = 1

    /// Tokens in the vocabulary.
    var tokenCount: Int { embedding.rowCount }

    /// What a cache keeps of each position, layer by layer.
    var cacheShapes: [CacheShape] { blocks.map(\.attention.cacheShape) }

    /// Runs `pass` and hands `body` the scores of `rows`, ascending: `[rows.count × vocabulary]`, valid in `body` only.
    /// Fills the caches of all rows. Nil, with nothing called, when the pass was abandoned.
    func run<Result>(_ pass: Pass, scoring rows: [Int], _ body: (ActivationRows) -> Result) -> Result? {
        let memory = pass.bench.memory
        return memory.scope {
            pass.prepare(blocks.flatMap(\.attention.rotations))
            let x = embed(pass)
            for (layer, block) in blocks.enumerated() {
                if pass.isAbandoned() { return nil }
                memory.scope { block.apply(to: x, layer: layer, pass) }
            }
            // A pass that only fills caches has no use for the widest map of all.
            guard !rows.isEmpty else { return body(memory.rows(0, width: tokenCount)) }
            let chosen = memory.rows(rows.count, width: x.width)
            for (place, row) in rows.enumerated() { chosen[place].update(from: x[row], count: x.width) }
            let logits = output(finalNorm(chosen, pass), pass)
            if logitDivisor != 1 { logits.multiply(by: 1 / logitDivisor) }
            return body(logits)
        }
    }

    private func embed(_ pass: Pass) -> ActivationRows {
        let x = pass.bench.memory.rows(pass.rows.count, width: embedding.rowLength)
        for (row, place) in pass.rows.enumerated() {
            embedding.kernel.unpack(embedding.row(place.token), to: x[row])
        }
        if embeddingScale != 1 { x.multiply(by: embeddingScale) }
        return x
    }
}

/// One layer: the tokens are mixed, then each is worked on by itself, each time as a change to what it was.
struct TransformerBlock: Sendable {
    let attentionNorm: RootMeanSquareNorm
    let attention: any TokenMixing
    var attentionOutputNorm: RootMeanSquareNorm?
    let feedForwardNorm: RootMeanSquareNorm
    let feedForward: any FeedForward
    var feedForwardOutputNorm: RootMeanSquareNorm?
    /// What each change is multiplied with before it is added; usually 1.
    var residualScale: Float = 1

    /// `x ← x + s · attention(norm(x))`, then `x ← x + s · feedForward(norm(x))`.
    func apply(to x: ActivationRows, layer: Int, _ pass: Pass) {
        let mixed = attention(attentionNorm(x, pass), layer: layer, pass)
        add(attentionOutputNorm?(mixed, pass) ?? mixed, to: x, pass)
        let worked = feedForward(feedForwardNorm(x, pass), layer: layer, pass)
        add(feedForwardOutputNorm?(worked, pass) ?? worked, to: x, pass)
    }

    private func add(_ change: ActivationRows, to x: ActivationRows, _ pass: Pass) {
        pass.bench.forEach(x.count) { row in
            WeightedAddition.add(change[row], times: residualScale, to: x[row], count: x.width)
        }
    }
}

extension ActivationRows {
    /// Multiplies every number.
    func multiply(by factor: Float) {
        for row in 0..<count {
            let start = self[row]
            for column in 0..<width { start[column] *= factor }
        }
    }
}
