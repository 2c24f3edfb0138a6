/// The lists and ids of a vocabulary as a GGUF file has them, each of the kind its key calls for.
struct ListedTokens {
    /// The kinds of vocabularies read here, with the names of `tokenizer.ggml.model`.
    enum Model: String, CaseIterable {
        case bytePairs = "gpt2"
        case pieces = "llama"
    }

    let model: Model
    let tokens: [String]
    /// Empty where the file has none.
    let types: [Int]
    /// Of byte pairs; empty for pieces.
    let merges: [String]
    /// Of pieces; empty for byte pairs.
    let scores: [Float]
    let preTokenizer: String
    let addsSpace: Bool
    let beginning: Int?
    let ending: Int?
    /// The tokens the file names that end an answer.
    let ends: [Int]

    private let metadata: GGUFMetadata

    init(_ metadata: GGUFMetadata) throws(GGUFRefusal) {
        self.metadata = metadata
        model = try Self.model(in: metadata)
        tokens = try metadata.texts("tokenizer.ggml.tokens")
        types =
            metadata["tokenizer.ggml.token_type"] == nil && model == .bytePairs
            ? [] : try metadata.integers("tokenizer.ggml.token_type")
        merges = model == .bytePairs ? try metadata.texts("tokenizer.ggml.merges") : []
        scores = model == .pieces ? try metadata.numbers("tokenizer.ggml.scores").map { Float($0) } : []
        preTokenizer = try Self.text("tokenizer.ggml.pre", in: metadata) ?? "default"
        addsSpace = try Self.flag("tokenizer.ggml.add_space_prefix", in: metadata) ?? true
        let count = tokens.count
        func id(_ name: String, usually: Int? = nil) throws(GGUFRefusal) -> Int? {
            try Self.id("tokenizer.ggml.\(name)_token_id", in: metadata, tokenCount: count, usually: usually)
        }
        // The first Llama files do not name these two; byte-level vocabularies have no usual ones.
        beginning = try id("bos", usually: model == .pieces ? 1 : nil)
        ending = try id("eos", usually: model == .pieces ? 2 : nil)
        var ends = [ending]
        for name in ["eot", "eom", "fim_pad", "fim_rep", "fim_sep"] { ends.append(try id(name)) }
        self.ends = ends.compactMap(\.self)
        for name in ["padding", "unknown"] { _ = try id(name) }
    }

    /// Whether the token `id` is added, which `key` says or what is usual. A key that asks for a token the file does
    /// not name is refused.
    func adds(_ key: String, _ id: Int?, usually: Bool) throws(GGUFRefusal) -> Bool {
        let asked = try Self.flag(key, in: metadata)
        guard asked != true || id != nil else {
            throw GGUFRefusal(
                offset: metadata.offset(of: key),
                reason: .wrongValue(key: key, found: "true", expected: "false, as the file names no such token"))
        }
        return (asked ?? usually) && id != nil
    }

    private static func model(in metadata: GGUFMetadata) throws(GGUFRefusal) -> Model {
        let key = "tokenizer.ggml.model"
        let name = try metadata.text(key)
        guard let model = Model(rawValue: name) else {
            let known = Model.allCases.map { "“\($0.rawValue)”" }.joined(separator: " or ")
            throw GGUFRefusal(
                offset: metadata.offset(of: key),
                reason: .wrongValue(key: key, found: "“\(name.prefix(40))”", expected: known))
        }
        return model
    }

    /// The token a key names; nil where the key is missing or says "none", which tools write as -1 in 32 bits.
    private static func id(
        _ key: String, in metadata: GGUFMetadata, tokenCount: Int, usually: Int?
    ) throws(GGUFRefusal) -> Int? {
        guard metadata[key] != nil else { return usually.flatMap { $0 < tokenCount ? $0 : nil } }
        let id = try metadata.integer(key)
        if id == -1 || id == Int(UInt32.max) { return nil }
        guard (0..<tokenCount).contains(id) else {
            throw GGUFRefusal(
                offset: metadata.offset(of: key),
                reason: .wrongValue(
                    key: key, found: "token \(id)", expected: "a token of the vocabulary, which has \(tokenCount)"))
        }
        return id
    }

    private static func text(_ key: String, in metadata: GGUFMetadata) throws(GGUFRefusal) -> String? {
        metadata[key] == nil ? nil : try metadata.text(key)
    }

    private static func flag(_ key: String, in metadata: GGUFMetadata) throws(GGUFRefusal) -> Bool? {
        metadata[key] == nil ? nil : try metadata.flag(key)
    }
}
