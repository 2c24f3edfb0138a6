/// One piece of an answer on its way.
public enum AnswerPiece: Sendable, Hashable {
    case text(String)
    /// Thinking sent apart from the answer.
    case reasoning(String)
    /// A part of a call that the expert asks for.
    case call(ToolCallFragment)
    /// How likely tokens of the text were, each as OpenAI writes an element of `logprobs.content`.
    case probabilities([JSONValue])
    /// Tokens so far; a later one replaces an earlier one.
    case usage(Usage)
    case finish(FinishReason)
    /// An event or a whole answer in the client's own format, as the expert sent it, with the pieces it holds.
    case original(OriginalEvent)

    /// The most calls that one answer may ask for.
    public static let mostCalls = 256

    /// True if a reader sees something by this piece, be it only thinking.
    public var shows: Bool {
        switch self {
        case .reasoning(let text): !text.isEmpty
        case .original(let event): event.pieces.contains { $0.shows }
        default: speaks
        }
    }

    /// True if the client learns something of the answer by this piece: after it nothing may be said anew.
    public var speaks: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .call: true
        case .reasoning, .probabilities, .usage, .finish: false
        case .original(let event): event.pieces.contains { $0.speaks }
        }
    }
}

/// A part of a call: the first one of an index carries id and name, the others more of the arguments.
public struct ToolCallFragment: Sendable, Hashable {
    /// Which call of the answer, from 0 upwards.
    public var index: Int
    public var id: String?
    public var name: String?
    /// More of the arguments' JSON.
    public var arguments: String

    public init(index: Int, id: String? = nil, name: String? = nil, arguments: String = "") {
        self.index = index
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What an expert sent, byte for byte, in the format that the client speaks.
public struct OriginalEvent: Sendable, Hashable {
    /// The JSON of one event of a stream, or of a whole answer.
    public var bytes: [UInt8]
    /// Where the members of that JSON stand.
    public var members: [JSONReader.Member]
    /// The same, understood.
    public var pieces: [AnswerPiece]

    public init(bytes: [UInt8], members: [JSONReader.Member], pieces: [AnswerPiece]) {
        self.bytes = bytes
        self.members = members
        self.pieces = pieces
    }
}
