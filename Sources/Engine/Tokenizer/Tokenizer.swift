/// Turns text into the token ids a model reads, and the ids a model writes back into text.
public protocol Tokenizer: Sendable {
    /// Number of tokens; every id is in `0..<tokenCount`.
    var tokenCount: Int { get }

    /// The ids of `text`, without a mark for its beginning or end: those are the caller's to add.
    func encode(_ text: String, marks: MarkReading) -> [Int]

    /// The bytes one token stands for, UTF-8 perhaps cut inside a character; nil for an id outside the vocabulary.
    ///
    /// A control token stands for its name (`<|im_end|>`), an unused one for nothing.
    func bytes(of id: Int) -> [UInt8]?

    /// The bytes `ids` stand for together, without control tokens and without ids outside the vocabulary.
    func decode(_ ids: [Int]) -> [UInt8]
}

/// What becomes of the name of a control token (`<|im_end|>`) that occurs in a text.
public enum MarkReading: Sendable {
    /// It is text like any other, so what a person wrote cannot end a turn or open another.
    case asText

    /// It is the control token. For text the program wrote itself: a chat template.
    case asTokens
}
