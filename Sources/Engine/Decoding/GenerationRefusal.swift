/// Says why a request cannot be generated from.
public enum GenerationRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case emptyPrompt
    /// An id outside the vocabulary.
    case token(Int, tokenCount: Int)
    /// A prompt that leaves no room for an answer; both in tokens.
    case tooLong(prompt: Int, context: Int)
    case mostTokens(Int)
    /// A weight expert that the model does not have.
    case steering(layer: Int, expert: Int)
    /// Every weight expert of some layer is masked.
    case allMasked
    case sampling(SamplingRefusal)
    /// The generator was closed.
    case closed

    public var description: String {
        switch self {
        case .emptyPrompt: "the prompt has no tokens; expected at least one"
        case .token(let id, let count): "the prompt has token \(id); this model's tokens are 0 to \(count - 1)"
        case .tooLong(let prompt, let context):
            "the prompt has \(prompt) tokens and the context holds \(context), which leaves no room for an answer. "
                + "Shorten the prompt or raise the context"
        case .mostTokens(let most): "an answer of at most \(most) tokens was asked for; expected 1 or more"
        case .steering(let layer, let expert): "the model has no weight expert \(expert) in layer \(layer)"
        case .allMasked: "every weight expert of a layer is masked; leave at least one"
        case .sampling(let refusal): "\(refusal)"
        case .closed: "the model is being put away and takes no more questions"
        }
    }
}
