/// Something beyond plain text that an expert can take or give. A question that needs one goes only to experts that have
/// it.
public enum Ability: String, Sendable, Hashable, Codable, CaseIterable {
    /// Sees pictures.
    case images
    /// Asks for calls of the client's functions.
    case tools
    /// Answers with a JSON object when told to.
    case json
    /// Answers with JSON that follows a schema.
    case schema
    /// Tells how likely its tokens were.
    case probabilities
    /// Lets a question choose among its weight experts; known of one model only when its file is looked at.
    case steering

    /// What experts of a kind can do if nothing else is known of them.
    public static func usual(of kind: ExpertKind) -> Set<Ability> {
        switch kind {
        case .openai: [.tools, .json, .schema, .probabilities]
        case .anthropic: [.tools, .schema]
        case .ollama: [.tools, .json, .schema]
        case .local: [.json, .schema, .probabilities, .steering]
        case .scripted: [.tools, .json]
        }
    }

    /// What is said of an expert that lacks it.
    public var lack: String {
        switch self {
        case .images: "cannot see images"
        case .tools: "cannot call tools"
        case .json: "cannot be held to JSON"
        case .schema: "cannot be held to a JSON schema"
        case .probabilities: "does not tell how likely its tokens were"
        case .steering: "has no weight experts that can be steered from here"
        }
    }
}

extension Question {
    /// The abilities that an expert needs for it, in the order of `Ability`.
    public var neededAbilities: [Ability] {
        Ability.allCases.filter { ability in
            switch ability {
            case .images: showsImages
            case .tools: !output.tools.isEmpty && output.toolChoice != ToolChoice.none
            case .json: output.form == .json
            case .schema: if case .schema = output.form { true } else { false }
            case .probabilities: output.tokenProbabilities != nil
            case .steering: steering != nil
            }
        }
    }
}
