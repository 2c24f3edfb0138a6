/// Reading a tokenizer from the two files in which models publish it.
extension WordPieceTokenizer {
    /// The tokenizer that a `tokenizer.json` describes.
    package init(_ json: OrderedJSON) throws(SentenceEncoderRefusal) {
        guard let model = json["model"], case .object(let members) = model["vocab"] else {
            throw .tokenizer("tokenizer.json has no object model.vocab")
        }
        if let type = model["type"]?.text, type != "WordPiece" {
            throw .setting(
                "model.type in tokenizer.json", found: type.prefix(40).debugDescription, expected: "\"WordPiece\"")
        }
        var settings = WordPieceSettings()
        if let mark = model["continuing_subword_prefix"]?.text { settings.continuationMark = mark }
        if let longest = model["max_input_chars_per_word"]?.whole {
            guard (1...1_000).contains(longest) else {
                throw .setting(
                    "model.max_input_chars_per_word in tokenizer.json", found: "\(longest)", expected: "1 to 1000")
            }
            settings.longestWord = longest
        }
        if let normaliser = json["normalizer"] { try settings.read(normaliser) }
        try self.init(pieces: try Self.pieces(members), settings: settings)
    }

    /// The tokenizer of a `vocab.txt`, one piece a line.
    package init(lines: [UInt8], settings: WordPieceSettings = WordPieceSettings()) throws(SentenceEncoderRefusal) {
        var pieces: [String] = []
        for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let piece = line.last == 0x0D ? line.dropLast() : line
            guard let text = String(validating: piece, as: UTF8.self) else {
                throw .tokenizer("line \(pieces.count + 1) of vocab.txt is not UTF-8")
            }
            pieces.append(text)
        }
        // The last line ends like the others.
        if pieces.last == "" { pieces.removeLast() }
        try self.init(pieces: pieces, settings: settings)
    }

    /// The pieces in the order of their tokens, which are numbered without a gap.
    private static func pieces(_ members: [OrderedJSON.Member]) throws(SentenceEncoderRefusal) -> [String] {
        var pieces = [String?](repeating: nil, count: members.count)
        for member in members {
            guard let token = member.value.whole, pieces.indices.contains(token), pieces[token] == nil else {
                throw .tokenizer(
                    "the token \(member.name.prefix(40).debugDescription) has the number \(member.value.shown), expected "
                        + "one of its own below \(members.count)")
            }
            pieces[token] = member.name
        }
        return pieces.compactMap { $0 }
    }
}

extension WordPieceSettings {
    /// `normalizer` of a `tokenizer.json`. Without a word on accents, they go when letters become small.
    fileprivate mutating func read(_ json: OrderedJSON) throws(SentenceEncoderRefusal) {
        if case .null = json { return }
        guard json["type"]?.text == "BertNormalizer" else {
            throw .setting(
                "normalizer.type in tokenizer.json", found: json["type"]?.shown ?? "missing",
                expected: "\"BertNormalizer\"")
        }
        guard json["clean_text"]?.truth ?? true else {
            throw .setting("normalizer.clean_text in tokenizer.json", found: "false", expected: "true")
        }
        splitsIdeographs = json["handle_chinese_chars"]?.truth ?? true
        let isSmall = json["lowercase"]?.truth ?? true
        letters =
            switch (isSmall, json["strip_accents"]?.truth ?? isSmall) {
            case (true, true): .plain
            case (true, false): .small
            case (false, true): .withoutAccents
            case (false, false): .asWritten
            }
    }
}
