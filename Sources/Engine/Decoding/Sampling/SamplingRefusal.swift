/// Says why tokens cannot be chosen as asked.
public enum SamplingRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// A parameter of the request that cannot be used. `parameter` is its name in the OpenAI API, or in llama.cpp's
    /// where OpenAI has none; `expected` is the end of the sentence "expected …".
    case parameter(String, found: String, expected: String)

    /// No token is left to choose: every one is forbidden, or its logit is NaN or minus infinity. `allowed` is how
    /// many of the `tokenCount` tokens the mask allows.
    case nothingToChoose(allowed: Int, tokenCount: Int)

    /// One or two sentences for people: what was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .parameter(let name, let found, let expected):
            "\(name): found \(found), expected \(expected)."
        case .nothingToChoose(allowed: 0, let tokenCount):
            "next token: the grammar allows none of the \(tokenCount) tokens. Simplify the response format."
        case .nothingToChoose(let allowed, let tokenCount):
            "next token: none of \(allowed) allowed tokens (of \(tokenCount)) has a logit above minus infinity. "
                + "The model file is damaged, or the engine cannot run it."
        }
    }
}
