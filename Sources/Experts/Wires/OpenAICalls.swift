package import Core

/// Reads calls of tools as servers that imitate OpenAI send them, and puts right what they get wrong: every call under
/// index 0, arguments as an object, no id or one that the conversation has already, `stop` as the finish of an answer that
/// asks for calls.
package struct OpenAICalls: Sendable {
    /// Where calls stand: in a message that is all there, or in a part of one.
    package enum Setting { case message, delta }

    private struct Call {
        var id: String
        /// What the server calls it; nil if it gave no id.
        var theirID: String?
        var name: String?
        var arguments = ArgumentsBalance()
    }

    /// The calls so far, by our index.
    private var calls: [Call] = []
    /// Our index of the call that the server last spoke of under each of its own.
    private var places: [Int: Int] = [:]
    private var ids: CallIDs
    private var mends = OpenAIMends()

    package init(ids: CallIDs = CallIDs()) { self.ids = ids }

    /// What had to be put right since this was last asked: the server's own bytes would mislead a client.
    package mutating func takeMends() -> OpenAIMends {
        defer { mends = OpenAIMends() }
        return mends
    }

    /// The fragments in a message or a delta.
    package mutating func fragments(in message: JSONValue, _ setting: Setting) -> [AnswerPiece] {
        guard let sent = message["tool_calls"]?.elements, !sent.isEmpty else { return [] }
        var sound = sent
        var pieces: [AnswerPiece] = []
        // Their indexes whose names stand in this message already.
        var named: Set<Int> = []
        for (position, call) in sent.prefix(AnswerPiece.mostCalls).enumerated() {
            let theirs = setting == .message ? position : call["index"]?.whole ?? position
            guard let fragment = fragment(call, under: theirs, isSecond: named.contains(theirs)) else { continue }
            if Self.filled(call["function"]?["name"]) != nil { named.insert(theirs) }
            sound[position] = call.mended(as: fragment, of: calls[fragment.index].id, setting)
            pieces.append(.call(fragment))
        }
        if sound != sent { mends.calls = sound }
        return pieces
    }

    /// Why the answer ended.
    package mutating func finish(_ reason: String?) -> FinishReason {
        switch reason {
        case "length": return .length
        case "content_filter": return .contentFilter
        case "tool_calls", "function_call": return .toolCalls
        default:
            let meant = calls.isEmpty ? FinishReason.stop : .toolCalls
            if meant == .toolCalls || (reason ?? "stop") != "stop" { mends.finish = meant }
            return meant
        }
    }

    private mutating func fragment(_ call: JSONValue, under theirs: Int, isSecond: Bool) -> ToolCallFragment? {
        let function = call["function"]
        let id = Self.filled(call["id"])
        let name = Self.filled(function?["name"])
        let arguments = Self.arguments(function)
        if let place = places[theirs], !begins(id, name, at: place, isSecond: isSecond) {
            calls[place].arguments.add(arguments)
            guard calls[place].name == nil else { return ToolCallFragment(index: place, arguments: arguments) }
            calls[place].name = name
            return ToolCallFragment(index: place, name: name, arguments: arguments)
        }
        guard calls.count < AnswerPiece.mostCalls else { return nil }
        let place = calls.count
        let known = id.flatMap { isTaken($0) ? nil : $0 }
        var begun = Call(id: known ?? ids.id(at: place, name ?? ""), theirID: id, name: name)
        begun.arguments.add(arguments)
        calls.append(begun)
        places[theirs] = place
        return ToolCallFragment(index: place, id: begun.id, name: name, arguments: arguments)
    }

    /// True if another call of the conversation has this id: a client would find the wrong result by it.
    private func isTaken(_ id: String) -> Bool { ids.has(id) || calls.contains { $0.id == id } }

    /// True if a fragment under an index that is taken is a call of its own. It has a name then, and another id; or none,
    /// and the call under that index has another name, or its arguments are whole. Some servers repeat the name with every
    /// piece of the arguments.
    private func begins(_ id: String?, _ name: String?, at place: Int, isSecond: Bool) -> Bool {
        let present = calls[place]
        guard let name else { return false }
        if let id { return id != present.theirID }
        guard let known = present.name else { return false }
        return name != known || isSecond || (present.theirID == nil && present.arguments.isWhole)
    }

    /// Servers write "" where others leave a member out.
    private static func filled(_ value: JSONValue?) -> String? {
        value?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func arguments(_ function: JSONValue?) -> String {
        guard let written = function?["arguments"], written != .null else { return "" }
        return written.text ?? JSONText.of(written)
    }
}

extension JSONValue {
    /// A call as a client can read it, everything else in it left as it is.
    ///
    /// - Parameter own: the call's id.
    fileprivate func mended(
        as fragment: ToolCallFragment, of own: String, _ setting: OpenAICalls.Setting
    ) -> JSONValue {
        guard var members else { return self }
        // A whole message numbers its calls by their order alone.
        if setting == .delta || members["index"] != nil, members["index"]?.whole != fragment.index {
            members["index"] = .integer(fragment.index)
        }
        if let id = fragment.id {
            if members["id"]?.text != id { members["id"] = .string(id) }
            if members["type"] ?? .null == .null { members["type"] = .string("function") }
        } else if let repeated = members["id"]?.text, !repeated.isEmpty, repeated != own {
            members["id"] = nil
        }
        if var function = members["function"]?.members {
            let written = function["arguments"] ?? .null
            if written.text == nil, written != .null || setting == .message {
                function["arguments"] = .string(fragment.arguments)
                members["function"] = .object(function)
            }
        }
        return .object(members)
    }
}
