import Engine
import Testing

/// DeepSeek files of before April 2025, which join the matrices for keys and values of the latents in `attn_kv_b`.
struct JoinedLatentTests {
    private static let prompt = [3, 14, 15, 9, 26, 5, 35, 8, 17, 3, 3, 41]

    /// The matrices of values are the same rows of the same file; those of keys the same floats, only in memory.
    @Test(arguments: [TinyModel.Architecture.deepseekV2, .deepseekV3])
    func theJoinedFileScoresAsTheSplitOne(architecture: TinyModel.Architecture) throws {
        let split = TinyModel(architecture)
        let joined = try Self.joined(split)
        #expect(joined.tensors.contains { $0.name == "blk.2.attn_kv_b.weight" })
        #expect(joined.leftOut.contains("blk.2.attn_k_b.weight"))
        #expect(try Self.scores(joined) == Self.scores(split))
        #expect(try Self.scores(joined, .eightBit) == Self.scores(split, .eightBit))
    }

    /// Stored as bf16, keys are unpacked to floats in memory where the split file is read as it is: the same numbers,
    /// summed in another order.
    @Test func storedHalvesAreTheSameNumbers() throws {
        var split = TinyModel(.deepseekV3)
        split.halved = Set((0..<split.layers).flatMap { ["blk.\($0).attn_k_b.weight", "blk.\($0).attn_v_b.weight"] })
        var joined = try Self.joined(split)
        joined.halved = Set((0..<split.layers).map { "blk.\($0).attn_kv_b.weight" })
        #expect(largestDifference(try Self.scores(joined), try Self.scores(split).map(Double.init)) < 1e-4)
    }

    /// A file that was made between the two forms names the sizes of a head as later ones do.
    @Test func theNewNamesOfTheSizesCountWhereTheyAre() throws {
        let split = TinyModel(.deepseekV2)
        var joined = try Self.joined(split)
        for key in ["attention.key_length_mla", "attention.value_length_mla"] {
            joined.keys[key] = split.usualKeys[key]
        }
        joined.keys["attention.key_length"] = .count(24)
        #expect(try Self.scores(joined) == Self.scores(split))
    }

    @Test func whereBothFormsAreThereTheSplitOneIsRead() throws {
        let split = TinyModel(.deepseekV2)
        var both = try Self.joined(split)
        both.leftOut = []
        both.keys = [:]
        for layer in 0..<split.layers {
            let name = "blk.\(layer).attn_kv_b.weight"
            both.vectors[name] = both.vectors[name].map { $0.map { _ in 7 } }
        }
        #expect(try Self.scores(both) == Self.scores(split))
    }

    /// 4 heads of 16 + 12 rows of 16 numbers.
    @Test func aJoinedTensorOfAnotherShapeIsNamed() throws {
        var joined = try Self.joined(TinyModel(.deepseekV2))
        joined.shapes["blk.1.attn_kv_b.weight"] = [32, 56]
        #expect(
            try Self.refusal(of: joined)
                == "the tensor blk.1.attn_kv_b.weight is 32 × 56; the sizes in the metadata call for 16 × 112")
        joined = try Self.joined(TinyModel(.deepseekV2))
        joined.keys["attention.key_length"] = .count(8)
        #expect(
            try Self.refusal(of: joined)
                == "deepseek2.attention.key_length is 8; expected more than the 8 numbers that turn")
    }

    /// The same numbers as the converters of before wrote them: rows of keys, then of values, head by head.
    private static func joined(_ split: TinyModel) throws -> TinyModel {
        var joined = split
        let (heads, latent) = (split.heads, split.latent)
        try split.written { path in
            let file = try PlainFile(readingFileAt: path)
            // Named numbers are not drawn: what is left out changes no other tensor.
            for tensor in split.tensors { joined.vectors[tensor.name] = try file.vector(tensor.name).map(Float.init) }
            for prefix in (0..<split.layers).map({ "blk.\($0).attn_" }) {
                let keys = try file.matrices("\(prefix)k_b.weight", count: heads)
                let values = try file.matrices("\(prefix)v_b.weight", count: heads)
                let rows = (0..<heads).flatMap { head in
                    (0..<latent.plain).map { column in keys[head].map { $0[column] } } + values[head]
                }
                joined.vectors["\(prefix)kv_b.weight"] = rows.flatMap { $0.map(Float.init) }
                joined.shapes["\(prefix)kv_b.weight"] = [latent.rank, heads * (latent.plain + latent.valueSize)]
                joined.leftOut.formUnion(["\(prefix)k_b.weight", "\(prefix)v_b.weight"])
            }
        }
        joined.keys["attention.head_count_kv"] = .count(heads)
        joined.keys["attention.key_length_mla"] = .absent
        joined.keys["attention.value_length_mla"] = .absent
        joined.keys["attention.key_length"] = .count(latent.plain + latent.rotated)
        joined.keys["attention.value_length"] = .count(latent.valueSize)
        return joined
    }

    private static func scores(_ tiny: TinyModel, _ form: ActivationForm = .float) throws -> [Float] {
        try tiny.written { try TinyRun.scores(LanguageModel(readingFileAt: $0), passes: [prompt], form: form) }
    }

    /// What stops the file from being read as a model.
    private static func refusal(of tiny: TinyModel) throws -> String {
        try tiny.written { path in
            do {
                _ = try LanguageModel(readingFileAt: path)
                return ""
            } catch {
                return "\(error)"
            }
        }
    }
}
