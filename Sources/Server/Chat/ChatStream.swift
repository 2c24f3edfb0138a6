import Core
import Hummingbird
import NIOCore

/// One streamed answer on its way to a client: the next piece is pulled when the last one is written, so that a slow
/// reader slows the expert down.
struct ChatStream: Sendable {
    let events: PacedEvents
    /// Pulled before the response began.
    let first: PacedEvents.Step
    let script: ChatScript
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
        var script = script
        var step = first
        while true {
            switch step {
            case .event(.piece(let piece)):
                let bytes = script.bytes(for: piece)
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            case .event(.settled(let answer, let trace)):
                try await writer.write(ByteBuffer(bytes: try script.ending(answer, trace)))
                return nil
            case .end:
                let fault = Fault(
                    .expertCutOff, "answer", "it ended without a result", hint: "Ask again")
                return try await fail(with: Refusal(fault), to: &writer)
            case .failed(let error): return try await fail(with: Refusal(any: error), to: &writer)
            case .silence: try await writer.write(ByteBuffer(string: ChatChunk.keepAlive))
            }
            step = await events.next()
        }
    }

    private func fail(with refusal: Refusal, to writer: inout any ResponseBodyWriter) async throws -> String {
        try await writer.write(ByteBuffer(string: ChatChunk.failure(refusal)))
        return client.isGone ? "client_gone" : refusal.code
    }
}
