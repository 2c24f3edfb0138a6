/// What a client wants of an answer beyond text: calls of its functions, a form, probabilities.
public struct OutputWishes: Sendable, Hashable {
    /// Functions that the expert may ask the client to call.
    public var tools: [Tool]
    public var toolChoice: ToolChoice?
    /// Whether several calls may be asked for at once; nil leaves it to the expert.
    public var parallelCalls: Bool?
    public var form: AnswerForm?
    /// How many likely tokens to tell at each place beside the one taken; nil for no probabilities at all.
    public var tokenProbabilities: Int?

    public init(
        tools: [Tool] = [], toolChoice: ToolChoice? = nil, parallelCalls: Bool? = nil, form: AnswerForm? = nil,
        tokenProbabilities: Int? = nil
    ) {
        self.tools = tools
        self.toolChoice = toolChoice
        self.parallelCalls = parallelCalls
        self.form = form
        self.tokenProbabilities = tokenProbabilities
    }

    /// Why one expert alone has to answer: what is asked for cannot be made of several answers. Nil if it can.
    public var wantsOneVoice: String? {
        if !tools.isEmpty { return "calls of tools cannot be voted on" }
        if tokenProbabilities != nil { return "an answer of several experts has no token probabilities" }
        return nil
    }
}

/// A function of the client that an expert may ask to be called.
public struct Tool: Sendable, Hashable {
    public var name: String
    public var summary: String?
    /// A JSON schema of the arguments; nil for none.
    public var parameters: JSONValue?
    /// Whether the arguments must follow the schema to the letter.
    public var isStrict: Bool?

    public init(name: String, summary: String? = nil, parameters: JSONValue? = nil, isStrict: Bool? = nil) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.isStrict = isStrict
    }
}

/// Whether tools are called.
public enum ToolChoice: Sendable, Hashable {
    case automatic
    case none
    /// At least one call.
    case required
    /// A call of this tool.
    case named(String)
}

/// The form that an answer's text must have.
public enum AnswerForm: Sendable, Hashable {
    /// Any JSON object.
    case json
    /// JSON that follows a schema.
    case schema(name: String, schema: JSONValue, isStrict: Bool?)
}

/// A call that an expert asks the client to make.
public struct ToolCall: Sendable, Hashable, Codable {
    public var id: String
    public var name: String
    /// JSON as the expert wrote it; nobody promises that it is whole or follows the schema.
    public var arguments: String

    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
