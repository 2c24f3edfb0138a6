/// The tensors of a tiny model, with the names and shapes that its architecture reads.
extension TinyModel {
    /// In the order of the file.
    var tensors: [TinyTensor] {
        var tensors = [
            TinyTensor("token_embd.weight", [width, tokens]), TinyTensor("output_norm.weight", [width], .norm),
        ]
        // Some architectures score with the embedding.
        if ![.granite, .granitemoe, .gemma3].contains(architecture) {
            tensors.append(TinyTensor("output.weight", [width, tokens]))
        }
        for layer in 0..<layers {
            tensors += self.tensors(of: layer).map { TinyTensor("blk.\(layer).\($0.name)", $0.shape, $0.kind) }
        }
        let known = Set(tensors.map(\.name))
        for (name, numbers) in vectors.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            tensors.append(TinyTensor(name, [numbers.count], .vector))
        }
        return tensors
    }

    private func tensors(of layer: Int) -> [TinyTensor] {
        let isMixture = architecture.isMixture && !(architecture.isLatent && layer < latent.denseLayers)
        return norms + (architecture.isLatent ? latentAttention : attention) + (isMixture ? mixture : dense(inner))
    }

    private var norms: [TinyTensor] {
        let names =
            switch architecture {
            case .gptOSS: ["attn_norm", "post_attention_norm"]
            case .gemma3: ["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"]
            default: ["attn_norm", "ffn_norm"]
            }
        return names.map { TinyTensor($0 + ".weight", [width], .norm) }
    }

    private var attention: [TinyTensor] {
        let (queries, keys, values) = (heads * keySize, keyHeads * keySize, keyHeads * valueSize)
        var tensors = [
            TinyTensor("attn_q.weight", [width, queries]), TinyTensor("attn_k.weight", [width, keys]),
            TinyTensor("attn_v.weight", [width, values]), TinyTensor("attn_output.weight", [heads * valueSize, width]),
        ]
        switch architecture {
        case .olmoe:
            tensors += [
                TinyTensor("attn_q_norm.weight", [queries], .norm), TinyTensor("attn_k_norm.weight", [keys], .norm),
            ]
        case .qwen3, .qwen3moe, .gemma3:
            tensors += [
                TinyTensor("attn_q_norm.weight", [keySize], .norm), TinyTensor("attn_k_norm.weight", [keySize], .norm),
            ]
        case .qwen2, .qwen2moe, .gptOSS:
            tensors += [
                TinyTensor("attn_q.bias", [queries], .vector), TinyTensor("attn_k.bias", [keys], .vector),
                TinyTensor("attn_v.bias", [values], .vector),
            ]
        default: break
        }
        if architecture == .gptOSS {
            tensors += [
                TinyTensor("attn_output.bias", [width], .vector), TinyTensor("attn_sinks.weight", [heads], .vector),
            ]
        }
        return tensors
    }

    private var latentAttention: [TinyTensor] {
        let queries = heads * (latent.plain + latent.rotated)
        let query =
            architecture == .deepseekV2
            ? [TinyTensor("attn_q.weight", [width, queries])]
            : [
                TinyTensor("attn_q_a.weight", [width, latent.queryRank]),
                TinyTensor("attn_q_a_norm.weight", [latent.queryRank], .norm),
                TinyTensor("attn_q_b.weight", [latent.queryRank, queries]),
            ]
        return query + [
            TinyTensor("attn_kv_a_mqa.weight", [width, latent.rank + latent.rotated]),
            TinyTensor("attn_kv_a_norm.weight", [latent.rank], .norm),
            TinyTensor("attn_k_b.weight", [latent.plain, latent.rank, heads]),
            TinyTensor("attn_v_b.weight", [latent.rank, latent.valueSize, heads]),
            TinyTensor("attn_output.weight", [heads * latent.valueSize, width]),
        ]
    }

    private func dense(_ inner: Int, suffix: String = "") -> [TinyTensor] {
        [
            TinyTensor("ffn_gate\(suffix).weight", [width, inner]),
            TinyTensor("ffn_up\(suffix).weight", [width, inner]),
            TinyTensor("ffn_down\(suffix).weight", [inner, width]),
        ]
    }

    private var mixture: [TinyTensor] {
        var tensors = [TinyTensor("ffn_gate_inp.weight", [width, experts])]
        switch architecture {
        case .qwen2moe:
            tensors += dense(sharedInner, suffix: "_shexp")
            tensors.append(TinyTensor("ffn_gate_inp_shexp.weight", [width], .vector))
        case .granitemoe: tensors += dense(sharedInner, suffix: "_shexp")
        case .deepseekV2: tensors += dense(2 * inner, suffix: "_shexp")
        case .deepseekV3:
            tensors += dense(inner, suffix: "_shexp")
            tensors.append(TinyTensor("exp_probs_b.bias", [experts], .vector))
        case .gptOSS:
            tensors += [
                TinyTensor("ffn_gate_inp.bias", [experts], .vector),
                TinyTensor("ffn_gate_exps.bias", [inner, experts], .vector),
                TinyTensor("ffn_up_exps.bias", [inner, experts], .vector),
                TinyTensor("ffn_down_exps.bias", [width, experts], .vector),
            ]
        default: break
        }
        return tensors + [
            TinyTensor("ffn_gate_exps.weight", [width, inner, experts]),
            TinyTensor("ffn_up_exps.weight", [width, inner, experts]),
            TinyTensor("ffn_down_exps.weight", [inner, width, experts]),
        ]
    }
}
