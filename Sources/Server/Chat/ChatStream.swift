import Core
import Hummingbird
import NIOCore

/// One streamed answer on its way to a client: the next piece is pulled when the last one is written, so that a slow
/// reader slows the expert down.
struct ChatStream: Sendable {
    let events: PacedEvents
    /// Pulled before the response began.
    let first: PacedEvents.Step
    let chunk: ChatChunk
    let includesUsage: Bool
    let showsTrace: Bool
    let client: ClientPresence
    let record: RequestRecord

    var body: ResponseBody {
        ResponseBody { writer in
            let ticket = client.watch { events.leave() }
            defer {
                client.forget(ticket)
                events.leave()
            }
            do {
                let failure = try await write(to: &writer)
                try await writer.finish(nil)
                record.end(status: .ok, failure: failure)
            } catch {
                // The connection broke: there is nobody to tell.
                record.end(status: .ok, failure: "client_gone")
                throw error
            }
        }
    }

    /// Writes the events; returns the code of the failure that ended them, if one did.
    private func write(to writer: inout any ResponseBodyWriter) async throws -> String? {
        var text = chunk.role
        var step = first
        while true {
            switch step {
            case .event(.piece(.text(let piece))) where !piece.isEmpty: text += chunk.content(piece)
            case .event(.piece(.reasoning(let piece))) where !piece.isEmpty: text += chunk.reasoning(piece)
            // Tokens and the finish reason come with the settled answer.
            case .event(.piece): break
            case .event(.settled(let answer, let trace)):
                text += chunk.finish(answer.finish, muster: showsTrace ? try MusterMember(trace).json() : nil)
                if includesUsage { text += chunk.usage(answer.usage) }
                text += ChatChunk.done
                try await writer.write(ByteBuffer(string: text))
                return nil
            case .end:
                let fault = Fault(
                    .expertCutOff, "answer", "it ended without a result", hint: "Ask again")
                return try await fail(with: Refusal(fault), after: text, to: &writer)
            case .failed(let error): return try await fail(with: Refusal(any: error), after: text, to: &writer)
            case .silence: if text.isEmpty { text = ChatChunk.keepAlive }
            }
            if !text.isEmpty {
                try await writer.write(ByteBuffer(string: text))
                text = ""
            }
            step = await events.next()
        }
    }

    private func fail(
        with refusal: Refusal, after text: String, to writer: inout any ResponseBodyWriter
    ) async throws -> String {
        try await writer.write(ByteBuffer(string: text + ChatChunk.failure(refusal)))
        return client.isGone ? "client_gone" : refusal.code
    }
}
