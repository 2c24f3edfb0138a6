import Kernels

/// Qwen3, dense (arXiv:2505.09388): as Qwen2 without biases, with a norm of each query and key head before they turn.
enum Qwen3: Architecture {
    static let names = ["qwen3"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        let inner = try file.size("feed_forward_length")
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try attention(prefix, file, sizes, rotary),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: try file.feedForward(prefix, width: sizes.width, inner: inner, .swiglu))
            })
    }

    /// The attention of the family, dense or sparse.
    static func attention(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes, _ rotary: RotaryEmbedding
    ) throws(ModelRefusal) -> Attention {
        var attention = try file.attention(prefix, sizes, rotary)
        attention.queryNorm = try file.norm("\(prefix)attn_q_norm", width: sizes.attention.keySize)
        attention.keyNorm = try file.norm("\(prefix)attn_k_norm", width: sizes.attention.keySize)
        return attention
    }
}
