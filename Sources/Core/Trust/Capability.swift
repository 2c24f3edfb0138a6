/// Something that an expert is tried at, to know what it really does whatever it is said to do.
public enum Capability: String, Sendable, Hashable, Codable, CaseIterable {
    /// Answers at once.
    case whole
    /// Answers piece by piece.
    case streamed
    /// Reports the tokens of a whole answer.
    case usage
    /// Reports the tokens of a streamed answer.
    case streamUsage = "stream_usage"
    /// Ends where a stop string would begin.
    case stop
    /// Asks for calls of the client's functions, with arguments that are a JSON object.
    case tools
    /// The same in a stream.
    case streamedTools = "streamed_tools"
    /// Answers with a JSON object when told to.
    case json
    /// Answers with JSON that follows a schema.
    case schema
    /// Tells how likely its tokens were.
    case probabilities
    /// Sees pictures.
    case images
    /// Reads as much as its context is said to hold, the beginning included.
    case context

    /// What is said of an expert that was found without it.
    public var lack: String {
        switch self {
        case .whole: "does not answer"
        case .streamed: "does not stream"
        case .usage: "does not report its tokens"
        case .streamUsage: "does not report its tokens in streams"
        case .stop: "does not stop at stop strings"
        case .tools: Ability.tools.lack
        case .streamedTools: "cannot call tools in streams"
        case .json: Ability.json.lack
        case .schema: Ability.schema.lack
        case .probabilities: Ability.probabilities.lack
        case .images: Ability.images.lack
        case .context: "does not read all that its context is said to hold"
        }
    }

    /// What an expert is tried at to know whether it has an ability; nil for one that its file tells, not its answers.
    public init?(_ ability: Ability) {
        switch ability {
        case .images: self = .images
        case .tools: self = .tools
        case .json: self = .json
        case .schema: self = .schema
        case .probabilities: self = .probabilities
        case .steering: return nil
        }
    }
}

extension Question {
    /// What an expert must not have been found without, in the order of `Capability`.
    public var neededCapabilities: [Capability] {
        let needed = Set(neededAbilities.compactMap(Capability.init) + (sampling.stop.isEmpty ? [] : [.stop]))
        return Capability.allCases.filter(needed.contains)
    }
}
