import Gating
import Kernels

/// Qwen3, sparse (arXiv:2505.09388): Qwen3's attention, and eight of 128 experts for each token with no shared one.
///
/// The weights of the chosen experts are renormalised to sum to one.
enum Qwen3MoE: Architecture {
    static let names = ["qwen3moe"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        let inner = try file.size("expert_feed_forward_length")
        let experts = try file.expertCounts()
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try Qwen3.attention(prefix, file, sizes, rotary),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: MixtureLayer(
                        router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
                        gate: Gate(selector: try file.topK(experts.used), weightPolicy: Renormalise()),
                        experts: try file.experts(
                            prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu)))
            })
    }
}
