extension Question {
    /// What a picture is taken for, in tokens: servers count between some eighty and some fifteen hundred.
    static let tokensOfImage = 1_000
    /// What servers write around each tool, in tokens.
    private static let tokensAroundTool = 8

    /// A rough count of tokens in everything that an expert is sent: four characters (UTF-8 bytes) a token, four a message,
    /// an allowance for each picture; tools and schemas as JSON. For eligibility and reservations only; what an expert
    /// reports is what counts.
    public var estimatedTokens: Int {
        messages.reduce(0) { $0 + $1.textBytes / 4 + 4 + $1.imageCount * Self.tokensOfImage }
            + instructions.reduce(0) { $0 + $1.utf8.count / 4 }
            + output.tools.reduce(0) { $0 + $1.textBytes / 4 + Self.tokensAroundTool }
            + (output.form?.textBytes ?? 0) / 4
    }
}

extension Message {
    /// How many pictures the turn shows.
    fileprivate var imageCount: Int { parts.count { if case .image = $0 { true } else { false } } }
}

extension Tool {
    fileprivate var textBytes: Int {
        name.utf8.count + (summary?.utf8.count ?? 0) + (parameters?.textBytes ?? 0)
    }
}

extension AnswerForm {
    fileprivate var textBytes: Int {
        switch self {
        case .json: 0
        case .schema(let name, let schema, _): name.utf8.count + schema.textBytes
        }
    }
}

extension JSONValue {
    /// About how long it is as JSON, in bytes; what has to be escaped counts once.
    fileprivate var textBytes: Int {
        switch self {
        case .null, .bool: 4
        case .integer(let value): String(value).utf8.count
        case .number(let value): value.description.utf8.count
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.textBytes + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + $1.value.textBytes + 4 }
        }
    }
}
