package import Core

/// How one kind of server is spoken to: pure translation, no network.
package protocol ChatWire: Sendable {
    /// What is sent.
    ///
    /// - Throws: a `Fault` if this kind of server cannot be asked such a question.
    func request(_ question: Question, delivery: Delivery) throws -> WireRequest

    /// The pieces of a whole answer, the finish among them.
    ///
    /// - Throws: a `WireSurprise`.
    func pieces(inWhole body: JSONValue, state: inout WireState) throws -> [AnswerPiece]

    /// The pieces of one event of a stream.
    ///
    /// - Throws: a `WireSurprise`.
    func pieces(inEvent event: JSONValue, state: inout WireState) throws -> [AnswerPiece]

    /// How events are told apart.
    var framing: WireFraming { get }

    /// Whether answers come in OpenAI's format, so that they can be handed on as they are.
    var speaksOpenAI: Bool { get }
}

extension ChatWire {
    package var speaksOpenAI: Bool { false }

    /// The pieces of a whole answer to a question.
    package func pieces(inWhole body: JSONValue, to question: Question? = nil) throws -> [AnswerPiece] {
        var state = WireState(answering: question)
        return try pieces(inWhole: body, state: &state)
    }
}

/// What is posted, relative to the expert's base address.
package struct WireRequest: Equatable {
    package var path: String
    /// May hold a key: never shown.
    package var headers: [WireHeader]
    /// JSON.
    package var body: [UInt8]
}

/// A header to send.
package struct WireHeader: Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// How a stream is cut into events.
package enum WireFraming: Sendable, Equatable {
    /// Server-sent events; `endMark` is the text that ends them, if the server sends one.
    case events(endMark: String?)
    /// A JSON value a line.
    case lines
}

/// What a stream has said so far.
package struct WireState: Sendable {
    /// How far a stream is from its end.
    package enum Progress: Sendable { case answering, finishAnnounced, over }

    /// After the finish is announced the tokens may still follow; once it is over nothing does.
    package var progress = Progress.answering
    package var promptTokens = 0
    package var cachedTokens: Int?
    /// The calls of tools so far.
    package var calls: OpenAICalls
    /// Ollama: where ids come from.
    package var ids: CallIDs
    /// Anthropic: our index of the call in each block of content.
    package var callBlocks: [Int: Int] = [:]
    /// Anthropic: the call that began without arguments, until some come.
    package var emptyCall: Int?
    /// Anthropic, Ollama: how many calls came so far.
    package var callCount = 0

    /// - Parameter question: what is answered, as far as it is known.
    package init(answering question: Question? = nil) {
        ids = CallIDs(answering: question?.messages ?? [])
        calls = OpenAICalls(ids: ids)
    }
}

/// The server's answer is not what its API promises.
package enum WireSurprise: Error, Equatable {
    /// An error, in the server's words, inside a response that began as a good one; it may pass.
    case serverError(String)
    /// What was found or is missing, in our words: `sent JSON without choices[0].message`.
    case unexpected(String)
    /// An event that is not JSON.
    case notJSON(String)
    /// An event beyond the bound, in bytes.
    case tooLong(limit: Int)
}
