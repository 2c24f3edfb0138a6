package import Core

/// Reads calls of tools as servers that imitate OpenAI send them, and puts right what they get wrong: every call under
/// index 0, arguments as an object, no id, `stop` as the finish of an answer that asks for calls.
package struct OpenAICalls: Sendable {
    /// The ids of the calls so far, by our index.
    private var ids: [String] = []
    /// Our index of the call that the server last spoke of under each of its own.
    private var places: [Int: Int] = [:]
    /// True once something had to be put right: the server's own bytes would mislead a client.
    package private(set) var isMended = false

    package init() {}

    /// The fragments in a message or a delta.
    package mutating func fragments(in message: JSONValue) -> [AnswerPiece] {
        guard let calls = message["tool_calls"]?.elements, !calls.isEmpty else { return [] }
        return calls.prefix(AnswerPiece.mostCalls).enumerated().compactMap { fragment($1, position: $0) }
    }

    /// Why the answer ended.
    package mutating func finish(_ reason: String?) -> FinishReason {
        switch reason {
        case "length": return .length
        case "content_filter": return .contentFilter
        case "tool_calls", "function_call": return .toolCalls
        default:
            guard !ids.isEmpty else { return .stop }
            isMended = true
            return .toolCalls
        }
    }

    private mutating func fragment(_ call: JSONValue, position: Int) -> AnswerPiece? {
        let function = call["function"]
        let id = call["id"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        let name = function?["name"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        let theirs = call["index"]?.whole ?? position
        let place: Int
        if let known = places[theirs], !begins(id, name, at: known) {
            place = known
        } else {
            guard ids.count < AnswerPiece.mostCalls else { return nil }
            place = ids.count
            ids.append(id ?? "call_\(place)")
            // A whole message numbers its calls by their order alone.
            if call["index"] != nil, theirs != place { isMended = true }
            if id == nil { isMended = true }
            places[theirs] = place
            return .call(
                ToolCallFragment(index: place, id: ids[place], name: name, arguments: arguments(function)))
        }
        return .call(ToolCallFragment(index: place, name: nil, arguments: arguments(function)))
    }

    /// True if a fragment under an index that is taken is a call of its own: it has another id, and a name.
    private func begins(_ id: String?, _ name: String?, at place: Int) -> Bool {
        guard let id, name != nil else { return false }
        return id != ids[place]
    }

    private mutating func arguments(_ function: JSONValue?) -> String {
        guard let written = function?["arguments"], written != .null else { return "" }
        if let text = written.text { return text }
        isMended = true
        return JSONText.of(written)
    }
}
