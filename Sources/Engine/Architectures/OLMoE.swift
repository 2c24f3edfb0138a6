import Gating
import Kernels

/// OLMoE (arXiv:2409.02060): many small experts in every layer, eight of 64 for each token.
///
/// Query and key are normalised whole, before they are cut into heads. The chosen experts weigh what the softmax over
/// all experts gave them, without renormalising.
enum OLMoE: Architecture {
    static let names = ["olmoe"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let shape = sizes.attention
        let rotary = try file.rotary(size: sizes.rotated, .halves)
        let inner = try file.size("feed_forward_length")
        let experts = try file.expertCounts()
        return try file.transformer(
            sizes,
            blocks(sizes) { _, prefix throws(ModelRefusal) in
                var attention = try file.attention(prefix, sizes, rotary)
                attention.queryNorm = try file.norm("\(prefix)attn_q_norm", width: shape.heads * shape.keySize)
                attention.keyNorm = try file.norm("\(prefix)attn_k_norm", width: shape.keyHeads * shape.keySize)
                return TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width), attention: attention,
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: MixtureLayer(
                        router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
                        gate: Gate(selector: try file.topK(experts.used)),
                        experts: try file.experts(
                            prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu)))
            })
    }
}
