/// The folder of a sentence encoder as its authors publish it: small files that describe it beside the weights.
struct EncoderFolder {
    /// No description of a published model comes near it.
    static let mostTextBytes = 64 << 20

    let path: String

    func path(of file: String) -> String { path.hasSuffix("/") ? path + file : path + "/" + file }

    /// The bytes of a file; nil if there is none of this name.
    func bytes(of file: String) throws(SentenceEncoderRefusal) -> [UInt8]? {
        guard TextFile.exists(at: path(of: file)) else { return nil }
        return try TextFile.bytes(at: path(of: file), named: file, most: Self.mostTextBytes)
    }

    /// The JSON of a file; nil if there is none of this name.
    func json(of file: String) throws(SentenceEncoderRefusal) -> OrderedJSON? {
        guard let bytes = try bytes(of: file) else { return nil }
        do {
            return try OrderedJSONReader.read(bytes)
        } catch {
            throw .json(file: file, offset: error.offset, found: error.found)
        }
    }

    /// The tokenizer that `tokenizer.json` describes, or else the one of `vocab.txt`.
    func tokenizer() throws(SentenceEncoderRefusal) -> WordPieceTokenizer {
        if let json = try json(of: "tokenizer.json") { return try WordPieceTokenizer(json) }
        guard let vocabulary = try bytes(of: "vocab.txt") else {
            throw .unreadable(file: "tokenizer.json", cause: "neither it nor vocab.txt is there")
        }
        var settings = WordPieceSettings()
        if let json = try json(of: "tokenizer_config.json"), json["do_lower_case"]?.truth == false {
            settings.letters = .asWritten
        }
        return try WordPieceTokenizer(lines: vocabulary, settings: settings)
    }

    /// Refuses a model whose tokens are not averaged: its vectors would be wrong without a sign. Without the file that
    /// says it, they are averaged.
    func checkPooling() throws(SentenceEncoderRefusal) {
        let file = "1_Pooling/config.json"
        guard let json = try json(of: file) else { return }
        guard json["pooling_mode_mean_tokens"]?.truth == true else {
            throw .setting(
                "pooling_mode_mean_tokens in \(file)", found: json["pooling_mode_mean_tokens"]?.shown ?? "missing",
                expected: "true")
        }
    }
}
