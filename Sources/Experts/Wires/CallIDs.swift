package import Core

/// Ids for calls that came without: no two of a conversation are alike, for clients find results by them, and the same
/// conversation gets the same again. Each is made of all that was said before, the call's place and what is called.
package struct CallIDs: Sendable {
    private let messages: [Message]
    /// Stands for the messages; most servers give ids of their own, so it is made when it is needed.
    private var conversation: String?

    /// - Parameter messages: the conversation that is being answered.
    package init(answering messages: [Message] = []) { self.messages = messages }

    /// True if a call of the conversation has this id.
    func has(_ id: String) -> Bool { messages.contains { $0.calls.contains { $0.id == id } } }

    /// The id of the answer's call at `place`.
    ///
    /// - Parameter words: what is known of the call.
    package mutating func id(at place: Int, _ words: String...) -> String {
        let said = conversation ?? Question(messages: messages).fingerprint.hex
        conversation = said
        var print = Fingerprint(of: said, String(place))
        for word in words { print.add(word) }
        return "call_" + print.hex.prefix(24)
    }
}
