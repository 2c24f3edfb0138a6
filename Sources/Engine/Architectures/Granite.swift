import Gating
import Kernels

/// Granite 3 (IBM), dense and sparse: Llama's block with four fixed multipliers.
///
/// Embeddings, each block's change, attention's products and the scores each have a factor of their own (μP,
/// arXiv:2203.03466); the last one divides. The weights of the chosen experts are renormalised.
enum Granite: Architecture {
    static let names = ["granite", "granitemoe"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let rotary = try file.rotary(size: sizes.rotated, .adjacent)
        let residualScale = Float(try file.number("residual_scale", missing: 1))
        let scale = try file.number("attention.scale", missing: 0)
        let divisor = Float(try file.number("logit_scale"))
        guard divisor != 0 else {
            throw .value(key: file.path("logit_scale"), found: "0", expected: "a number other than 0, which divides")
        }
        var model = try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                var attention = try file.attention(prefix, sizes, rotary)
                // 0 is the writer's word for the usual scale.
                if scale != 0 { attention.scale = Float(scale) }
                return TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width), attention: attention,
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: try feedForward(prefix, file, sizes), residualScale: residualScale)
            })
        model.embeddingScale = Float(try file.number("embedding_scale", missing: 1))
        model.logitDivisor = divisor
        return model
    }

    private static func feedForward(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes
    ) throws(ModelRefusal) -> any FeedForward {
        let inner = try file.size("feed_forward_length")
        guard try file.count("expert_count") > 0 else {
            return try file.feedForward(prefix, width: sizes.width, inner: inner, .swiglu)
        }
        let experts = try file.expertCounts()
        let shared = try file.count("expert_shared_feed_forward_length")
        return MixtureLayer(
            router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
            gate: Gate(selector: try file.topK(experts.used), weightPolicy: Renormalise()),
            experts: try file.experts(prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu),
            shared: shared == 0
                ? nil
                : SharedExpert(
                    block: try file.feedForward(
                        prefix, suffix: "_shexp", width: sizes.width, inner: shared, .swiglu)))
    }
}
