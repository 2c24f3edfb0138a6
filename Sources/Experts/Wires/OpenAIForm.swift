import Core

/// Whether what a server of OpenAI's format sent has all that clients of that format count on, so that it can be handed on
/// byte for byte. Servers leave members out, or put something odd in them: that is then written anew from what it says.
enum OpenAIForm {
    private static let finishes = ["stop", "length", "content_filter", "tool_calls", "function_call"]

    /// Where the choice numbered 0 stands.
    static func firstChoice(of choices: [JSONValue]) -> Int? {
        choices.firstIndex { ($0["index"]?.whole ?? 0) == 0 }
    }

    static func isCompletion(_ body: JSONValue) -> Bool {
        holds(body, object: "chat.completion", words: "message") && body["choices"]?.elements?.isEmpty == false
    }

    static func isChunk(_ event: JSONValue) -> Bool { holds(event, object: "chat.completion.chunk", words: "delta") }

    private static func holds(_ value: JSONValue, object: String, words: String) -> Bool {
        guard value["object"]?.text == object, value["created"]?.whole != nil, value["model"]?.text != nil,
            isUsage(value["usage"]), let choices = value["choices"]?.elements
        else { return false }
        return choices.allSatisfy { choice in
            guard choice["index"]?.whole == 0, case .object? = choice[words] else { return false }
            return isFinish(choice["finish_reason"])
        }
    }

    private static func isFinish(_ reason: JSONValue?) -> Bool {
        guard let reason, reason != .null else { return true }
        return reason.text.map(finishes.contains) ?? false
    }

    /// Absent, null, or with counts that are counts.
    private static func isUsage(_ usage: JSONValue?) -> Bool {
        guard let usage, usage != .null else { return true }
        return ["prompt_tokens", "completion_tokens", "total_tokens"].allSatisfy { name in
            guard let count = usage[name]?.whole else { return false }
            return count >= 0 && usage[name]?.tokenCount == count
        }
    }
}
