import Kernels

/// Gemma 3 (arXiv:2503.19786), text: five layers that see a window for each that sees everything, norms before and after.
///
/// Embeddings are multiplied with `√width`, the block is GeGLU, heads of query and key are normalised. Layers with a
/// window turn with a base of 10,000 whatever the file says of the others. Files hold norm weights with the 1 added.
enum Gemma3: Architecture {
    static let names = ["gemma3"]

    /// Of so many layers the last sees everything.
    private static let pattern = 6

    /// The model of this depth scales attention by its width, all others by the size of a head.
    private static let layersOfLargest = 62

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let inner = try file.size("feed_forward_length")
        let window = try file.size("attention.sliding_window")
        let base = try file.number("rope.freq_base", missing: 1_000_000)
        let global = try file.rotary(size: sizes.rotated, .halves, base: base)
        let local = RotaryEmbedding(
            frequencies: RotaryScaling(size: sizes.rotated, base: 10000).frequencies, pairing: .halves)
        var model = try file.transformer(
            sizes,
            blocks(sizes) { layer, prefix throws(ModelRefusal) in
                let seesAll = layer % pattern == pattern - 1
                var attention = try Qwen3.attention(prefix, file, sizes, seesAll ? global : local)
                attention.window = seesAll ? nil : window
                if sizes.layers == layersOfLargest {
                    attention.scale = 1 / Float(sizes.width / sizes.attention.heads).squareRoot()
                }
                return TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width), attention: attention,
                    attentionOutputNorm: try file.norm("\(prefix)post_attention_norm", width: sizes.width),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: try file.feedForward(prefix, width: sizes.width, inner: inner, .geglu),
                    feedForwardOutputNorm: try file.norm("\(prefix)post_ffw_norm", width: sizes.width))
            })
        model.embeddingScale = Float(sizes.width).squareRoot()
        return model
    }
}
