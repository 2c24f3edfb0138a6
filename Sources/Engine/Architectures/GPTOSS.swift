import Gating
import Kernels

/// gpt-oss (arXiv:2508.10925): every other layer sees a window only, heads may attend to nothing, experts are clamped.
///
/// Each head has a sink, a logit that takes a share of attention and gives nothing. Maps, router and experts have
/// biases. The best four raw router scores are chosen and weighed by their own softmax. SwiGLU is clamped at 7, with
/// `α = 1.702` inside and 1 added to the other half.
enum GPTOSS: Architecture {
    static let names = ["gpt-oss"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        let window = try file.size("attention.sliding_window")
        let inner = try file.size("expert_feed_forward_length")
        let experts = try file.expertCounts()
        return try file.transformer(
            sizes,
            blocks(sizes) { layer, prefix throws(ModelRefusal) in
                var attention = try file.attention(prefix, sizes, rotary)
                attention.sinks = try file.vector("\(prefix)attn_sinks.weight", length: sizes.attention.heads)
                attention.window = layer.isMultiple(of: 2) ? window : nil
                return TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width), attention: attention,
                    feedForwardNorm: try file.norm("\(prefix)post_attention_norm", width: sizes.width),
                    feedForward: MixtureLayer(
                        router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
                        gate: Gate(
                            normaliser: Identity(), selector: try file.topK(experts.used),
                            weightPolicy: SoftmaxOfChosen()),
                        experts: try file.experts(
                            prefix, width: sizes.width, inner: inner, count: experts.all,
                            .clampedSwiglu(alpha: 1.702, limit: 7))))
            })
    }
}
