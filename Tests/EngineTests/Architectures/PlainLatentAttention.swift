import Foundation

/// Latent attention for the plain twin, as the paper writes it: keys and values of every head are made from the latents.
struct PlainLatentAttention {
    let file: PlainFile
    let layer: Int

    /// What each token takes from itself and those before it.
    func callAsFunction(_ x: [[Double]]) throws -> [[Double]] {
        let prefix = "blk.\(layer).attn_"
        let heads = try file.size("attention.head_count")
        let (rank, rotated) = (try file.size("attention.kv_lora_rank"), try file.size("rope.dimension_count"))
        let keySize = try file.size("attention.key_length_mla")
        let rotary = try file.rotary(layer: layer)
        let queries = try queries(x).enumerated().map { position, row in
            pieces(row, of: keySize).map { head in
                Array(head.dropLast(rotated)) + rotary.turned(Array(head.suffix(rotated)), position: position)
            }
        }
        let compressed = try file.map(prefix + "kv_a_mqa", x)
        let latents = try file.norm(prefix + "kv_a_norm", compressed.map { Array($0.prefix(rank)) })
        let shared = compressed.enumerated().map { rotary.turned(Array($1.suffix(rotated)), position: $0) }
        var mixed = [[Double]](repeating: [], count: x.count)
        // Those of the keys are stored the other way round: one row for each number of the latent.
        let toLatents = try file.matrices(prefix + "k_b.weight", count: heads)
        let toValues = try file.matrices(prefix + "v_b.weight", count: heads)
        for head in 0..<heads {
            let keys = zip(latents, shared).map { latent, turned in
                (0..<keySize - rotated).map { column in dot(latent, toLatents[head].map { $0[column] }) } + turned
            }
            let values = latents.map { toValues[head] * $0 }
            for token in x.indices {
                mixed[token] += PlainAttention.mix(
                    queries[token][head], keys: Array(keys[...token]), values: Array(values[...token]),
                    scale: scale(keySize: keySize))
            }
        }
        return try file.map(prefix + "output", mixed)
    }

    private func queries(_ x: [[Double]]) throws -> [[Double]] {
        let prefix = "blk.\(layer).attn_q"
        guard file.count("attention.q_lora_rank") != nil else { return try file.map(prefix, x) }
        return try file.map(prefix + "_b", file.norm(prefix + "_a_norm", file.map(prefix + "_a", x)))
    }

    /// `m² / √keySize`, m growing with YaRN's factor as DeepSeek's code has it.
    private func scale(keySize: Int) -> Double {
        let plain = 1 / Double(keySize).squareRoot()
        guard file.text("rope.scaling.type") == "yarn", let factor = file.number("rope.scaling.factor") else {
            return plain
        }
        return plain * pow(1 + (file.number("rope.scaling.yarn_log_multiplier") ?? 0) * log(factor), 2)
    }
}
