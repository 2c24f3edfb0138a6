import Gating
import Kernels

/// Llama (arXiv:2302.13971, arXiv:2407.21783) and, where a file has experts, Mixtral (arXiv:2401.04088).
///
/// Pre-norm blocks of grouped-query attention with adjacent rotary pairs and SwiGLU. Mixtral's gate: the two highest
/// router logits, weighed by their softmax, which is the softmax over all renormalised over the chosen.
enum Llama: Architecture {
    static let names = ["llama"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .adjacent)
        let inner = try file.size("feed_forward_length")
        let isMixture = try file.count("expert_count") > 0
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try file.attention(prefix, sizes, rotary),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: isMixture
                        ? try mixture(prefix, file, sizes, inner: inner)
                        : try file.feedForward(prefix, width: sizes.width, inner: inner, .swiglu))
            })
    }

    private static func mixture(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes, inner: Int
    ) throws(ModelRefusal) -> MixtureLayer {
        let experts = try file.expertCounts()
        return MixtureLayer(
            router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
            gate: Gate(selector: try file.topK(experts.used), weightPolicy: Renormalise()),
            experts: try file.experts(prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu))
    }
}

extension WeightFile {
    /// Chooses the best `count` experts.
    func topK(_ count: Int) throws(ModelRefusal) -> TopK {
        try Self.gating { () throws(GateRefusal) in try TopK(count: count) }
    }
}
