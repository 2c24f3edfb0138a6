import Engine

/// The answer that the engine is held to: a whole model in double precision, from the papers' formulas, without kernels,
/// cache, threads or passes. As slow as it is plain.
struct PlainTransformer {
    private let file: PlainFile

    init(readingFileAt path: String) throws { file = try PlainFile(readingFileAt: path) }

    /// What the model says to some tokens.
    struct Answer {
        /// The scores of the next token after each, row after row.
        var scores: [Double] = []
        /// The experts of each token, best first, by layer.
        var experts: [Int: [[Int]]] = [:]
    }

    func answer(to tokens: [Int]) throws -> Answer {
        var answer = Answer()
        let embedding = try file.rows("token_embd.weight")
        let width = Double(embedding[0].count)
        let scale = file.family == .gemma3 ? width.squareRoot() : file.number("embedding_scale") ?? 1
        var x = tokens.map { scale * embedding[$0] }
        for layer in 0..<(try file.size("block_count")) { try change(&x, by: layer, &answer) }
        let output = file.has("output.weight") ? try file.rows("output.weight") : embedding
        let divisor = file.number("logit_scale") ?? 1
        answer.scores = try file.norm("output_norm", x).flatMap { (1 / divisor) * (output * $0) }
        return answer
    }

    private func change(_ x: inout [[Double]], by layer: Int, _ answer: inout Answer) throws {
        let prefix = "blk.\(layer)."
        let residual = file.number("residual_scale") ?? 1
        let seen = try file.norm(prefix + "attn_norm", x)
        var mixed =
            file.family == .deepseek2
            ? try PlainLatentAttention(file: file, layer: layer)(seen)
            : try PlainAttention(file: file, layer: layer)(seen)
        if file.family == .gemma3 { mixed = try file.norm(prefix + "post_attention_norm", mixed) }
        x = sum(x, mixed.map { residual * $0 })
        // gpt-oss's name for the norm before its experts.
        let name = file.family == .gptOSS ? "post_attention_norm" : "ffn_norm"
        let next = try file.norm(prefix + name, x)
        var worked: [[Double]]
        if file.has(prefix + "ffn_gate_inp.weight") {
            (worked, answer.experts[layer]) = try PlainMixture(file: file, layer: layer)(next)
        } else {
            worked = try PlainFeedForward.dense(file, layer: layer, next)
        }
        if file.family == .gemma3 { worked = try file.norm(prefix + "post_ffw_norm", worked) }
        x = sum(x, worked.map { residual * $0 })
    }
}
