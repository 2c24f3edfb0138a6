/// The sizes and tensors of one family of models, as small as they can be: 32 or 256 numbers a token.
enum SampleFamily {
    case llama, mixtral, olmoe, qwen2, qwen2moe, qwen3, qwen3moe, granite, granitemoe, sinks, gemma3
    /// DeepSeek's latent attention, with the gate of its second or third version.
    case latent(LatentGate)

    enum LatentGate { case softmax, sigmoid }

    /// The name under `general.architecture`.
    var architecture: String {
        switch self {
        case .mixtral: "llama"
        case .sinks: "gpt-oss"
        case .latent: "deepseek2"
        default: "\(self)"
        }
    }

    var isMixture: Bool {
        switch self {
        case .llama, .qwen2, .qwen3, .granite, .gemma3: false
        default: true
        }
    }

    private var isLatent: Bool { if case .latent = self { true } else { false } }

    /// Whether its angles are stretched with YaRN.
    var isStretched: Bool {
        switch self {
        case .sinks, .latent: true
        default: false
        }
    }

    private static let heads = 4
    private static let keyHeads = 2
    private static let experts = 4

    private var layers: Int {
        switch self {
        case .latent, .sinks, .gemma3: 2
        default: 1
        }
    }

    /// Whole numbers by the last part of their keys.
    func sizes(width: Int) -> [(String, Int)] {
        var sizes = [
            ("block_count", layers), ("embedding_length", width), ("context_length", 64),
            ("attention.head_count", Self.heads), ("attention.head_count_kv", isLatent ? Self.heads : Self.keyHeads),
            ("feed_forward_length", width),
        ]
        if isMixture {
            sizes += [("expert_count", Self.experts), ("expert_used_count", 2), ("expert_feed_forward_length", width)]
        }
        if isStretched { sizes.append(("rope.scaling.original_context_length", 16)) }
        switch self {
        case .qwen2moe, .granitemoe: sizes.append(("expert_shared_feed_forward_length", width))
        case .sinks, .gemma3: sizes.append(("attention.sliding_window", 2))
        case .qwen3: sizes += [("attention.key_length", width / 4), ("attention.value_length", width / 4)]
        case .llama: sizes.append(("rope.dimension_count", width / 8))
        case .latent(let gate):
            sizes += [
                ("rope.dimension_count", 8), ("attention.key_length_mla", 40), ("attention.value_length_mla", 32),
                ("attention.kv_lora_rank", 32), ("leading_dense_block_count", 1), ("expert_shared_count", 1),
            ]
            if gate == .sigmoid {
                sizes += [
                    ("attention.q_lora_rank", 32), ("expert_gating_func", 2), ("expert_group_count", 2),
                    ("expert_group_used_count", 1),
                ]
            }
        default: break
        }
        return sizes
    }

    /// Real numbers by the last part of their keys.
    var numbers: [(String, Float)] {
        var numbers: [(String, Float)] = [("attention.layer_norm_rms_epsilon", 1e-5), ("rope.freq_base", 10000)]
        if isStretched { numbers += [("rope.scaling.factor", 4), ("rope.scaling.yarn_beta_fast", 32)] }
        switch self {
        case .granite, .granitemoe:
            numbers += [("logit_scale", 8), ("residual_scale", 0.2), ("attention.scale", 0.1), ("embedding_scale", 12)]
        case .latent: numbers += [("expert_weights_scale", 2.5), ("rope.scaling.yarn_log_multiplier", 0.1)]
        default: break
        }
        return numbers
    }

    /// Names and shapes, neighbours in memory first.
    func tensors(width: Int, tokens: Int) -> [(String, [Int])] {
        var tensors = [("token_embd.weight", [width, tokens]), ("output_norm.weight", [width])]
        if !isGemma { tensors.append(("output.weight", [width, tokens])) }
        for layer in 0..<layers {
            let block = (isLatent ? latentAttention(width) : attention(width)) + feedForward(width, layer: layer)
            tensors += block.map { ("blk.\(layer).\($0.0)", $0.1) }
        }
        return tensors
    }

    private var isGemma: Bool { if case .gemma3 = self { true } else { false } }

    private func attention(_ width: Int) -> [(String, [Int])] {
        let (head, keys) = (width / Self.heads, width / Self.heads * Self.keyHeads)
        var tensors = [
            ("attn_norm.weight", [width]), ("attn_q.weight", [width, width]), ("attn_k.weight", [width, keys]),
            ("attn_v.weight", [width, keys]), ("attn_output.weight", [width, width]),
        ]
        switch self {
        case .olmoe: tensors += [("attn_q_norm.weight", [width]), ("attn_k_norm.weight", [keys])]
        case .qwen3, .qwen3moe: tensors += [("attn_q_norm.weight", [head]), ("attn_k_norm.weight", [head])]
        case .gemma3:
            tensors += [
                ("attn_q_norm.weight", [head]), ("attn_k_norm.weight", [head]),
                ("post_attention_norm.weight", [width]), ("post_ffw_norm.weight", [width]),
            ]
        case .qwen2, .qwen2moe: tensors += [("attn_q.bias", [width]), ("attn_k.bias", [keys]), ("attn_v.bias", [keys])]
        case .sinks: tensors += [("attn_sinks.weight", [Self.heads]), ("post_attention_norm.weight", [width])]
        default: break
        }
        return tensors
    }

    private func latentAttention(_ width: Int) -> [(String, [Int])] {
        var tensors = [
            ("attn_norm.weight", [width]), ("attn_kv_a_mqa.weight", [width, 40]), ("attn_kv_a_norm.weight", [32]),
            ("attn_k_b.weight", [32, 32, Self.heads]), ("attn_v_b.weight", [32, 32, Self.heads]),
            ("attn_output.weight", [32 * Self.heads, width]),
        ]
        if case .latent(.sigmoid) = self {
            tensors += [
                ("attn_q_a.weight", [width, 32]), ("attn_q_a_norm.weight", [32]),
                ("attn_q_b.weight", [32, 40 * Self.heads]),
            ]
        } else {
            tensors.append(("attn_q.weight", [width, 40 * Self.heads]))
        }
        return tensors
    }

    private func feedForward(_ width: Int, layer: Int) -> [(String, [Int])] {
        let square = [width, width]
        let isSinks = if case .sinks = self { true } else { false }
        var tensors = isSinks ? [] : [("ffn_norm.weight", [width])]
        func dense(_ suffix: String) -> [(String, [Int])] {
            ["ffn_gate", "ffn_up", "ffn_down"].map { ("\($0)\(suffix).weight", square) }
        }
        guard isMixture, !isLatent || layer > 0 else { return tensors + dense("") }
        tensors.append(("ffn_gate_inp.weight", [width, Self.experts]))
        for name in ["ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"] {
            tensors.append(("\(name).weight", square + [Self.experts]))
            if isSinks { tensors.append(("\(name).bias", [width, Self.experts])) }
        }
        switch self {
        case .qwen2moe: tensors += dense("_shexp") + [("ffn_gate_inp_shexp.weight", [width])]
        case .granitemoe: tensors += dense("_shexp")
        case .latent(let gate):
            tensors += dense("_shexp")
            if gate == .sigmoid { tensors.append(("exp_probs_b.bias", [Self.experts])) }
        default: break
        }
        return tensors
    }
}
