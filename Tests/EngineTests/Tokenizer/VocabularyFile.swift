import Engine

/// The vocabulary of a GGUF file for a test, right or wrong as the test asks.
struct VocabularyFile {
    var model = "gpt2"
    var preTokenizer: String? = "gpt-2"
    var vocabulary = SmallVocabulary(merges: ["a b"])
    var scores: [Float]?
    /// Whole numbers by the key's last part: `eos_token_id`.
    var ids: [String: UInt32] = [:]
    /// Truth values by the key's last part: `add_bos_token`.
    var flags: [String: Bool] = [:]
    /// Last parts of keys that are left out.
    var missing: Set<String> = []

    func codec() throws -> TextCodec {
        var file = GGUFBytes()
        func add(_ name: String, type: UInt32, _ value: [UInt8]) {
            if !missing.contains(name) { file.add("tokenizer.ggml.\(name)", type: type, value) }
        }
        add("model", type: 8, GGUFBytes.text(model))
        if let preTokenizer { add("pre", type: 8, GGUFBytes.text(preTokenizer)) }
        add("tokens", type: 9, GGUFBytes.array(type: 8, vocabulary.tokens.map(GGUFBytes.text)))
        add("token_type", type: 9, GGUFBytes.array(type: 5, vocabulary.types.map { GGUFBytes.number(Int32($0)) }))
        add("merges", type: 9, GGUFBytes.array(type: 8, vocabulary.merges.map(GGUFBytes.text)))
        if let scores {
            add("scores", type: 9, GGUFBytes.array(type: 6, scores.map { GGUFBytes.number($0.bitPattern) }))
        }
        for (name, id) in ids.sorted(by: { $0.key < $1.key }) { add(name, type: 4, GGUFBytes.number(id)) }
        for (name, flag) in flags.sorted(by: { $0.key < $1.key }) { add(name, type: 7, [flag ? 1 : 0]) }
        return try TemporaryFile.with(file.bytes) { try TextCodec(GGUFFile(readingFileAt: $0).metadata) }
    }

    /// Byte pairs with `marks` from id 257 on.
    static func bytePairs(_ marks: [(text: String, type: Int)]) -> VocabularyFile {
        var file = VocabularyFile()
        file.vocabulary = SmallVocabulary(merges: ["a b"], marks: marks)
        return file
    }

    /// Pieces: `<unk>`, `<s>`, `</s>`, the bytes from 3, `▁` 259, a 260, `▁a` 261.
    static var pieces: VocabularyFile {
        var file = VocabularyFile()
        file.model = "llama"
        file.preTokenizer = "default"
        let bytes = (UInt8.min...UInt8.max).map { byte in
            "<0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">"
        }
        file.vocabulary.tokens = ["<unk>", "<s>", "</s>"] + bytes + ["▁", "a", "▁a"]
        file.vocabulary.types = [2, 3, 3] + bytes.map { _ in 6 } + [1, 1, 1]
        file.vocabulary.merges = []
        file.scores = Array(repeating: 0, count: 259) + [-9, -5, -1]
        return file
    }
}
