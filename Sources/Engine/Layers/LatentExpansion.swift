/// The matrices that take a token's latent to the keys and values of each head.
struct LatentExpansion: Sendable {
    /// `[latent × plain]` of each head: they take queries to the latents.
    let keys: [StoredMatrix]

    /// `[valueSize × latent]` of each head.
    let values: [StoredMatrix]
}

extension WeightFile {
    /// Whether the file is of the time before llama.cpp absorbed these matrices (April 2025): both lie in one tensor, as
    /// the model's authors publish them, `plain + valueSize` rows a head, and those of the keys are not transposed.
    func joinsLatentExpansion(_ prefix: String) -> Bool {
        hasTensor("\(prefix)attn_kv_b.weight") && !hasTensor("\(prefix)attn_k_b.weight")
    }

    /// The matrices of the layer `prefix`. Those of keys are transposed here, into memory, where the file joins them.
    func latentExpansion(_ prefix: String, _ shape: LatentShape) throws(ModelRefusal) -> LatentExpansion {
        let heads = 0..<shape.heads
        guard joinsLatentExpansion(prefix) else {
            let keys = try stack("\(prefix)attn_k_b", length: shape.plain, rows: shape.latent, count: shape.heads)
            let values = try stack("\(prefix)attn_v_b", length: shape.latent, rows: shape.valueSize, count: shape.heads)
            return LatentExpansion(
                keys: heads.map { keys.slice($0, rows: shape.latent) },
                values: heads.map { values.slice($0, rows: shape.valueSize) })
        }
        let rows = shape.plain + shape.valueSize
        let joined = try matrix("\(prefix)attn_kv_b", length: shape.latent, rows: shape.heads * rows)
        return LatentExpansion(
            keys: heads.map { joined.rows($0 * rows..<$0 * rows + shape.plain).transposed },
            values: heads.map { joined.rows($0 * rows + shape.plain..<($0 + 1) * rows) })
    }
}
