/// What a client wants answered, once normalised from whichever wire format it came in.
public struct Question: Sendable, Hashable, Codable {
    /// The conversation so far; the last user message is what is being asked.
    public var messages: [Message]
    /// How the answer should be drawn and how long it may be.
    public var sampling: Sampling
    /// The form the final answer takes, when the caller knows it; decides how answers are compared.
    public var shape: AnswerShape
    /// Fields of the client's body that Muster does not interpret; handed to experts that speak the same format.
    public var extra: [String: JSONValue]

    public init(
        messages: [Message], sampling: Sampling = Sampling(), shape: AnswerShape = .automatic,
        extra: [String: JSONValue] = [:]
    ) {
        self.messages = messages
        self.sampling = sampling
        self.shape = shape
        self.extra = extra
    }

    /// A question of one user message.
    public init(_ text: String, sampling: Sampling = Sampling(), shape: AnswerShape = .automatic) {
        self.init(messages: [Message(.user, text)], sampling: sampling, shape: shape)
    }

    /// The text that is being asked: the last user message, else the last message.
    public var text: String { (messages.last { $0.role == .user } ?? messages.last)?.text ?? "" }

    /// The same question with one more instruction at the end of its system message (one is made if none is there).
    public func instructed(_ instruction: String) -> Question {
        var copy = self
        if let index = copy.messages.firstIndex(where: { $0.role == .system }) {
            copy.messages[index].parts.append(.text("\n\n" + instruction))
        } else {
            copy.messages.insert(Message(.system, instruction), at: 0)
        }
        return copy
    }

    /// True if any message shows a picture.
    public var showsImages: Bool {
        messages.contains { $0.parts.contains { if case .image = $0 { true } else { false } } }
    }

    /// A rough count of tokens in all messages: four characters (UTF-8 bytes) a token, four a message. For eligibility
    /// and reservations only; what an expert reports is what counts.
    public var estimatedTokens: Int { messages.reduce(0) { $0 + $1.text.utf8.count / 4 + 4 } }
}

/// One turn of a conversation.
public struct Message: Sendable, Hashable, Codable {
    /// Who speaks.
    public enum Role: String, Sendable, Codable, CaseIterable { case system, user, assistant }

    /// A piece of what was said or shown.
    public enum Part: Sendable, Hashable, Codable {
        case text(String)
        /// A picture by address: `https:` or `data:`.
        case image(url: String)
    }

    public var role: Role
    public var parts: [Part]

    public init(role: Role, parts: [Part]) {
        self.role = role
        self.parts = parts
    }

    /// A turn of text alone.
    public init(_ role: Role, _ text: String) { self.init(role: role, parts: [.text(text)]) }

    /// The words of the turn, pictures left out.
    public var text: String {
        parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    }
}

/// How an answer is drawn; nil leaves a choice to the expert.
public struct Sampling: Sendable, Hashable, Codable {
    public var temperature: Double?
    public var topP: Double?
    /// The longest answer, in tokens.
    public var maximumTokens: Int?
    public var seed: Int?
    public var stop: [String]

    public init(
        temperature: Double? = nil, topP: Double? = nil, maximumTokens: Int? = nil, seed: Int? = nil,
        stop: [String] = []
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maximumTokens = maximumTokens
        self.seed = seed
        self.stop = stop
    }
}

/// The form a final answer takes, which decides how it is found in a text and compared.
public enum AnswerShape: Sendable, Hashable, Codable {
    /// Unknown: look for a marked answer, else compare whole texts.
    case automatic
    /// A number; `#### 12`, `Answer: 12`, a boxed one, else the last number.
    case number
    /// One of so many lettered options, starting with A.
    case choice(options: Int)
    /// A short text compared without case, marks or spaces.
    case exact
}
