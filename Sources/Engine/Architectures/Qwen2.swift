import Kernels

/// Qwen2 and Qwen2.5 (arXiv:2407.10671, arXiv:2412.15115): Llama's block with biases on query, key and value, and rotary
/// pairs of halves.
enum Qwen2: Architecture {
    static let names = ["qwen2"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        let inner = try file.size("feed_forward_length")
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try file.attention(prefix, sizes, rotary),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: try file.feedForward(prefix, width: sizes.width, inner: inner, .swiglu))
            })
    }
}
