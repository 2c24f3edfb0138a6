import Foundation
import Gating
import Kernels

/// DeepSeek-V2 and V3 (arXiv:2405.04434, arXiv:2412.19437): latent attention, some dense blocks first, then fine-grained
/// experts beside shared ones.
///
/// V2's gate is a softmax, V3's a sigmoid with a bias that changes only who is chosen, among the experts of the best
/// groups. (The largest V2 ranks groups by their best expert; files do not tell, so V3's sum of two is taken, as
/// llama.cpp does.) Weights are renormalised where the file says so, and multiplied with a factor.
enum DeepSeek2: Architecture {
    static let names = ["deepseek2"]

    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        let sizes = try ModelSizes(file)
        let shape = try latentShape(file, heads: sizes.attention.heads)
        let stretched = try file.rotary(size: shape.rotated, .adjacent)
        // YaRN's factor on what is turned goes into the scale of all products here (V2's reference code).
        let rotary = RotaryEmbedding(frequencies: stretched.frequencies, pairing: .adjacent)
        let scale = try attentionScale(file, keySize: shape.plain + shape.rotated)
        let dense = try file.count("leading_dense_block_count")
        return try file.transformer(
            sizes,
            blocks(sizes) { layer, prefix throws(ModelRefusal) in
                TransformerBlock(
                    attentionNorm: try file.norm("\(prefix)attn_norm", width: sizes.width),
                    attention: try attention(prefix, file, sizes, shape, rotary, scale),
                    feedForwardNorm: try file.norm("\(prefix)ffn_norm", width: sizes.width),
                    feedForward: layer < dense
                        ? try file.feedForward(
                            prefix, width: sizes.width, inner: try file.size("feed_forward_length"), .swiglu)
                        : try mixture(prefix, file, sizes))
            })
    }

    private static func latentShape(_ file: WeightFile, heads: Int) throws(ModelRefusal) -> LatentShape {
        let rotated = try file.size("rope.dimension_count")
        // Files that join the expansions call the sizes of a head what other architectures call them.
        let isOld = file.joinsLatentExpansion("blk.0.") && !file.has("attention.key_length_mla")
        let (keyName, valueName) =
            isOld
            ? ("attention.key_length", "attention.value_length")
            : ("attention.key_length_mla", "attention.value_length_mla")
        let keySize = try file.size(keyName)
        guard keySize > rotated else {
            throw .value(
                key: file.path(keyName), found: "\(keySize)",
                expected: "more than the \(rotated) numbers that turn")
        }
        return LatentShape(
            heads: heads, latent: try file.size("attention.kv_lora_rank"), rotated: rotated, plain: keySize - rotated,
            valueSize: try file.size(valueName))
    }

    /// `m² / √keySize` with YaRN's `m = 0.1 · mscale · ln(factor) + 1`; files give `0.1 · mscale` as one number.
    private static func attentionScale(_ file: WeightFile, keySize: Int) throws(ModelRefusal) -> Float {
        let isStretched = try file.text("rope.scaling.type") == "yarn"
        let factor = isStretched ? try file.number("rope.scaling.factor", missing: 1) : 1
        let growth = try file.number("rope.scaling.yarn_log_multiplier", missing: 0) * log(max(factor, 1)) + 1
        return Float(growth * growth / Double(keySize).squareRoot())
    }

    private static func attention(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes, _ shape: LatentShape, _ rotary: RotaryEmbedding,
        _ scale: Float
    ) throws(ModelRefusal) -> LatentAttention {
        let queries = shape.heads * (shape.plain + shape.rotated)
        return LatentAttention(
            shape: shape, query: try query(prefix, file, width: sizes.width, queries: queries),
            compress: try file.linear(
                "\(prefix)attn_kv_a_mqa", from: sizes.width, to: shape.latent + shape.rotated),
            latentNorm: try file.norm("\(prefix)attn_kv_a_norm", width: shape.latent),
            expansion: try file.latentExpansion(prefix, shape),
            output: try file.linear(
                "\(prefix)attn_output", from: shape.heads * shape.valueSize, to: sizes.width),
            rotary: rotary, scale: scale)
    }

    private static func query(
        _ prefix: String, _ file: WeightFile, width: Int, queries: Int
    ) throws(ModelRefusal) -> LatentQuery {
        let rank = try file.count("attention.q_lora_rank")
        guard rank > 0, !file.hasTensor("\(prefix)attn_q.weight") else {
            return .direct(try file.linear("\(prefix)attn_q", from: width, to: queries))
        }
        return .compressed(
            down: try file.linear("\(prefix)attn_q_a", from: width, to: rank),
            norm: try file.norm("\(prefix)attn_q_a_norm", width: rank),
            up: try file.linear("\(prefix)attn_q_b", from: rank, to: queries))
    }

    private static func mixture(
        _ prefix: String, _ file: WeightFile, _ sizes: ModelSizes
    ) throws(ModelRefusal) -> MixtureLayer {
        let experts = try file.expertCounts()
        let inner = try file.size("expert_feed_forward_length")
        let shared = try file.count("expert_shared_count")
        return MixtureLayer(
            router: try file.linear("\(prefix)ffn_gate_inp", from: sizes.width, to: experts.all),
            gate: try gate(prefix, file, experts),
            experts: try file.experts(prefix, width: sizes.width, inner: inner, count: experts.all, .swiglu),
            shared: shared == 0
                ? nil
                : SharedExpert(
                    block: try file.feedForward(
                        prefix, suffix: "_shexp", width: sizes.width, inner: inner * shared, .swiglu)))
    }

    private static func gate(
        _ prefix: String, _ file: WeightFile, _ experts: (all: Int, used: Int)
    ) throws(ModelRefusal) -> Gate<TopK> {
        let bias = try file.vector(ifPresent: "\(prefix)exp_probs_b.bias", length: experts.all)
        let groups = try file.size("expert_group_count", missing: 1)
        let kept = try file.size("expert_group_used_count", missing: groups)
        let factor = try file.number("expert_weights_scale", missing: 1)
        let renormalises = try file.flag("expert_weights_norm", missing: false)
        let normaliser: any Normaliser =
            switch try file.count("expert_gating_func") {
            case 0, 1: Softmax()
            case 2: Sigmoid()
            case let other:
                throw .value(
                    key: file.path("expert_gating_func"), found: "\(other)", expected: "1 (softmax) or 2 (sigmoid)")
            }
        return try WeightFile.gating { () throws(GateRefusal) in
            var transforms: [any LogitTransform] = []
            if let bias { transforms.append(try SelectionBias(bias)) }
            if groups > 1 { transforms.append(try GroupLimit(groups: groups, kept: kept, experts: experts.all)) }
            let weights: any WeightPolicy = renormalises ? Renormalise() : KeepWeights()
            return Gate(
                transforms: transforms, normaliser: normaliser, selector: try TopK(count: experts.used),
                // 0 is the writer's word for no factor.
                weightPolicy: factor == 0 ? weights : try Scale(by: Float(factor), after: weights))
        }
    }
}
