package import Core

/// What has to be changed in an event of OpenAI's format, or in a whole answer, before a client may see it.
package struct OpenAIMends: Sendable, Equatable {
    /// The calls of its message or delta as they should have been sent; nil if they were.
    package var calls: [JSONValue]?
    /// Why the answer ended, where something else was said.
    package var finish: FinishReason?

    package init() {}

    package var isEmpty: Bool { calls == nil && finish == nil }

    /// The choices with the first answer mended; nil if there is none.
    ///
    /// - Parameter words: the member that holds the message: `message` or `delta`.
    fileprivate func choices(of value: JSONValue, words: String) -> JSONValue? {
        guard var choices = value["choices"]?.elements, let place = OpenAIForm.firstChoice(of: choices),
            var choice = choices[place].members
        else { return nil }
        if let calls {
            guard var message = choice[words]?.members else { return nil }
            message["tool_calls"] = .array(calls)
            choice[words] = .object(message)
        }
        if let finish { choice["finish_reason"] = .string(finish.rawValue) }
        choices[place] = .object(choice)
        return .array(choices)
    }
}

/// An event of a stream, or a whole answer, as a server of OpenAI's format sent it.
struct OpenAIEvent {
    let bytes: [UInt8]
    let members: [JSONReader.Member]
    let value: JSONValue

    /// As it is handed on: byte for byte, or with nothing but what is mended told anew. Nil if a client could not count on
    /// it: then it is written here from what it says.
    func handedOn(_ mends: OpenAIMends, as came: Delivery, _ pieces: [AnswerPiece]) -> OriginalEvent? {
        guard mends.isEmpty else { return mended(mends, as: came)?.handedOn(OpenAIMends(), as: came, pieces) }
        guard came == .streamed ? OpenAIForm.isChunk(value) : OpenAIForm.isCompletion(value) else { return nil }
        return OriginalEvent(bytes: bytes, members: members, pieces: pieces)
    }

    private func mended(_ mends: OpenAIMends, as came: Delivery) -> OpenAIEvent? {
        guard let choices = mends.choices(of: value, words: came == .streamed ? "delta" : "message") else { return nil }
        let mended = OriginalBody(bytes, members: members).replacing(["choices": JSONText.bytes(of: choices)])
        return (try? JSONReader.readPlaces(mended)).map { OpenAIEvent(bytes: mended, members: $1, value: $0) }
    }
}
