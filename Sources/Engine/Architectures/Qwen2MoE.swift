import Gating
import Kernels

/// Qwen1.5-MoE and Qwen2-MoE (arXiv:2407.10671, section 2.2.2): small routed experts, and shared ones behind a gate of
/// their own.
///
/// The chosen experts weigh what the softmax over all gave them, without renormalising. What the shared experts make is
/// multiplied with the sigmoid of one product with the token.
enum Qwen2MoE: Architecture {
    static let names = ["qwen2moe"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try file.attention(prefix, sizes, rotary),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: try mixture(prefix, file, sizes))
            })
    }

    private static func mixture(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes
    ) throws(ModelRefusal) -> MixtureLayer {
        let experts = try file.expertCounts()
        let inner = try file.size("expert_feed_forward_length")
        let shared = try file.size("expert_shared_feed_forward_length")
        return MixtureLayer(
            router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
            gate: Gate(selector: try file.topK(experts.used)),
            experts: try file.experts(prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu),
            shared: SharedExpert(
                block: try file.feedForward(prefix, suffix: "_shexp", width: sizes.width, inner: shared, .swiglu),
                gate: try file.vector("\(prefix)ffn_gate_inp_shexp.weight", length: sizes.width)))
    }
}
