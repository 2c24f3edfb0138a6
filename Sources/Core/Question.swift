/// What a client wants answered, once normalised from whichever wire format it came in.
public struct Question: Sendable, Hashable {
    /// The conversation so far; the last user message is what is being asked.
    public var messages: [Message]
    /// How the answer should be drawn and how long it may be.
    public var sampling: Sampling
    /// The form the final answer takes, when the caller knows it; decides how answers are compared.
    public var shape: AnswerShape
    /// What the expert is told besides the conversation, one paragraph each: the instructions of skills.
    public var instructions: [String]
    /// Functions that the expert may ask the client to call, and the form its answer must have.
    public var output: OutputWishes
    /// Fields of the client's body that Muster does not interpret; handed to experts that speak the same format.
    public var extra: [String: JSONValue]
    /// What it changes in the gates of a sparse model; nil for nothing.
    public var steering: Steering?
    /// The client's body byte for byte, where it came in OpenAI's format: an expert that speaks the same gets it with
    /// nothing lost. Nil once the messages are no longer the client's.
    public var original: OriginalBody?

    public init(
        messages: [Message], sampling: Sampling = Sampling(), shape: AnswerShape = .automatic,
        instructions: [String] = [], output: OutputWishes = OutputWishes(), extra: [String: JSONValue] = [:],
        original: OriginalBody? = nil
    ) {
        self.messages = messages
        self.sampling = sampling
        self.shape = shape
        self.instructions = instructions
        self.output = output
        self.extra = extra
        self.original = original
    }

    /// A question of one user message.
    public init(_ text: String, sampling: Sampling = Sampling(), shape: AnswerShape = .automatic) {
        self.init(messages: [Message(.user, text)], sampling: sampling, shape: shape)
    }

    /// The text that is being asked: the last user message, else the last message.
    public var text: String { (messages.last { $0.role == .user } ?? messages.last)?.text ?? "" }

    /// The same question with one more instruction.
    public func instructed(_ instruction: String) -> Question {
        var copy = self
        copy.instructions.append(instruction)
        return copy
    }

    /// The conversation as an expert hears it: the instructions stand at the end of the system message (one is made if
    /// none is there).
    public var instructedMessages: [Message] {
        guard !instructions.isEmpty else { return messages }
        let told = instructions.joined(separator: "\n\n")
        var messages = messages
        if let index = messages.firstIndex(where: { $0.role == .system }) {
            messages[index].parts.append(.text("\n\n" + told))
        } else {
            messages.insert(Message(.system, told), at: 0)
        }
        return messages
    }

    /// True if any message shows a picture.
    public var showsImages: Bool {
        messages.contains { $0.parts.contains { if case .image = $0 { true } else { false } } }
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
