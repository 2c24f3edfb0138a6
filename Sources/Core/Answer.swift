/// What one expert said to one question.
public struct Answer: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var text: String
    /// Thinking that the expert sent apart from its answer; empty if none.
    public var reasoning: String
    /// Calls that the expert asks the client to make.
    public var calls: [ToolCall]
    /// How likely the tokens were, as elements of OpenAI's `logprobs.content`; empty unless asked for.
    public var probabilities: [JSONValue]
    public var finish: FinishReason
    public var usage: Usage
    /// Seconds from asking to the last piece, of the try that was answered.
    public var seconds: Double
    /// Seconds from asking to the first piece of text; nil if no text came.
    public var firstTextSeconds: Double?
    /// The answer as the expert sent it, where that is the client's own format; never kept.
    public var original: OriginalBody?

    public init(
        expert: ExpertID, text: String, reasoning: String = "", calls: [ToolCall] = [], probabilities: [JSONValue] = [],
        finish: FinishReason = .stop, usage: Usage = Usage(), seconds: Double = 0, firstTextSeconds: Double? = nil,
        original: OriginalBody? = nil
    ) {
        self.expert = expert
        self.text = text
        self.reasoning = reasoning
        self.calls = calls
        self.probabilities = probabilities
        self.finish = finish
        self.usage = usage
        self.seconds = seconds
        self.firstTextSeconds = firstTextSeconds
        self.original = original
    }

    private enum CodingKeys: String, CodingKey {
        case expert, text, reasoning, calls, finish, usage, seconds, firstTextSeconds
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            expert: try container.decode(ExpertID.self, forKey: .expert),
            text: try container.decode(String.self, forKey: .text),
            reasoning: try container.decode(String.self, forKey: .reasoning),
            // Answers kept by earlier versions have no calls.
            calls: try container.decodeIfPresent([ToolCall].self, forKey: .calls) ?? [],
            finish: try container.decode(FinishReason.self, forKey: .finish),
            usage: try container.decode(Usage.self, forKey: .usage),
            seconds: try container.decode(Double.self, forKey: .seconds),
            firstTextSeconds: try container.decodeIfPresent(Double.self, forKey: .firstTextSeconds))
    }
}

/// Why an answer ended.
public enum FinishReason: String, Sendable, Hashable, Codable {
    /// The expert was done, or met a stop string.
    case stop
    /// The token limit cut it: the text is incomplete.
    case length
    /// A filter at the expert withheld text.
    case contentFilter = "content_filter"
    /// The expert wants a tool run.
    case toolCalls = "tool_calls"
}

/// Tokens read and written.
public struct Usage: Sendable, Hashable, Codable {
    public var promptTokens: Int
    public var completionTokens: Int
    /// Prompt tokens the expert served from its cache, if it says so.
    public var cachedTokens: Int?
    /// True if the expert reported nothing and we counted (four bytes a token).
    public var estimated: Bool
    /// What the expert says that it cost, in US dollars, if it says so; never believed in place of the price.
    public var reportedDollars: Double?

    public init(
        promptTokens: Int = 0, completionTokens: Int = 0, cachedTokens: Int? = nil, estimated: Bool = false,
        reportedDollars: Double? = nil
    ) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.cachedTokens = cachedTokens
        self.estimated = estimated
        self.reportedDollars = reportedDollars
    }

    public var totalTokens: Int { promptTokens + completionTokens }

    /// The usage of two calls together; estimated if either was.
    public static func + (left: Usage, right: Usage) -> Usage {
        let cached =
            (left.cachedTokens == nil && right.cachedTokens == nil)
            ? nil : (left.cachedTokens ?? 0) + (right.cachedTokens ?? 0)
        return Usage(
            promptTokens: left.promptTokens + right.promptTokens,
            completionTokens: left.completionTokens + right.completionTokens, cachedTokens: cached,
            estimated: left.estimated || right.estimated,
            reportedDollars: (left.reportedDollars == nil && right.reportedDollars == nil)
                ? nil : (left.reportedDollars ?? 0) + (right.reportedDollars ?? 0))
    }
}
