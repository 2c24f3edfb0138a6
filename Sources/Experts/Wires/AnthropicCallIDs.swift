import Core

/// Ids of calls as Anthropic takes them: letters, digits, `_` and `-`, each used once in a conversation. What is so
/// already stays as it is; the others get one made of their own, the same in the call and in its result.
struct AnthropicCallIDs {
    /// Never given out for another id.
    private var taken: Set<String>
    /// Ids that a call of the conversation has by now.
    private var used: Set<String> = []
    /// Calls that wait for their results, in order, by the id that the client knows.
    private var open: [String: [String]] = [:]
    private var latest: [String: String] = [:]

    init(_ messages: [Message]) {
        let ids = messages.flatMap { $0.calls.map(\.id) + [$0.answeredCall].compactMap(\.self) }
        taken = Set(ids.filter(Self.isAllowed))
    }

    /// A turn of the assistant begins: results of earlier calls do not come any more.
    mutating func beginTurn() { open = [:] }

    /// The id of a call, where the client calls it `id`.
    mutating func call(_ id: String) -> String {
        let own = Self.isAllowed(id) && !used.contains(id) ? id : fresh(id)
        used.insert(own)
        open[id, default: []].append(own)
        latest[id] = own
        return own
    }

    /// The id of the call that a result answers.
    mutating func result(_ id: String) -> String {
        if var waiting = open[id], !waiting.isEmpty {
            let own = waiting.removeFirst()
            open[id] = waiting
            return own
        }
        return latest[id] ?? (Self.isAllowed(id) ? id : fresh(id))
    }

    private mutating func fresh(_ id: String) -> String {
        let base = "call_" + Fingerprint(of: id).hex.prefix(24)
        var own = base
        var number = 1
        while !taken.insert(own).inserted {
            number += 1
            own = "\(base)_\(number)"
        }
        return own
    }

    private static func isAllowed(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.allSatisfy { $0.isASCIIWord || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }
}
