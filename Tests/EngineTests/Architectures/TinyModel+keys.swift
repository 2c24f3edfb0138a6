/// What a tiny model says of itself, with the keys that its architecture reads.
extension TinyModel {
    var usualKeys: [String: TinyValue] {
        var keys: [String: TinyValue] = [
            "block_count": .count(layers), "embedding_length": .count(width), "context_length": .count(context),
            "feed_forward_length": .count(inner), "attention.head_count": .count(heads),
            "attention.layer_norm_rms_epsilon": .number(1e-5),
        ]
        keys.merge(architecture.isLatent ? latentKeys : headKeys) { $1 }
        if architecture.isMixture { keys.merge(expertKeys) { $1 } }
        switch architecture {
        case .granite, .granitemoe:
            keys["embedding_scale"] = .number(12)
            keys["residual_scale"] = .number(0.22)
            keys["attention.scale"] = .number(0.125)
            keys["logit_scale"] = .number(2)
        case .gptOSS: keys["attention.sliding_window"] = .count(window)
        case .gemma3:
            keys["attention.sliding_window"] = .count(window)
            keys["rope.freq_base"] = .number(1_000_000)
        default: break
        }
        return keys
    }

    private var headKeys: [String: TinyValue] {
        [
            "attention.head_count_kv": .count(keyHeads), "attention.key_length": .count(keySize),
            "attention.value_length": .count(valueSize), "rope.dimension_count": .count(keySize),
        ]
    }

    private var latentKeys: [String: TinyValue] {
        [
            "attention.head_count_kv": .count(1),
            "attention.q_lora_rank": architecture == .deepseekV3 ? .count(latent.queryRank) : .absent,
            "attention.kv_lora_rank": .count(latent.rank),
            "attention.key_length_mla": .count(latent.plain + latent.rotated),
            "attention.value_length_mla": .count(latent.valueSize),
            "rope.dimension_count": .count(latent.rotated), "leading_dense_block_count": .count(latent.denseLayers),
        ]
    }

    private var expertKeys: [String: TinyValue] {
        var keys: [String: TinyValue] = [
            "expert_count": .count(experts), "expert_used_count": .count(expertsUsed),
        ]
        switch architecture {
        case .qwen2moe, .qwen3moe, .gptOSS: keys["expert_feed_forward_length"] = .count(inner)
        case .deepseekV2:
            keys["expert_feed_forward_length"] = .count(inner)
            keys["expert_shared_count"] = .count(2)
            keys["expert_gating_func"] = .count(1)
            keys["expert_weights_scale"] = .number(1.5)
        case .deepseekV3:
            keys["expert_feed_forward_length"] = .count(inner)
            keys["expert_shared_count"] = .count(1)
            keys["expert_gating_func"] = .count(2)
            keys["expert_weights_scale"] = .number(2.5)
            keys["expert_weights_norm"] = .flag(true)
            keys["expert_group_count"] = .count(4)
            keys["expert_group_used_count"] = .count(2)
        default: break
        }
        if architecture == .qwen2moe || architecture == .granitemoe {
            keys["expert_shared_feed_forward_length"] = .count(sharedInner)
        }
        return keys
    }
}
