import Core
import Hummingbird
import NIOCore

/// One streamed answer on its way to a client: the next piece is pulled when the last one is written, so that a slow
/// reader slows the expert down.
struct AnswerStreaming: Sendable {
    let events: PacedEvents
    /// Pulled before the response began.
    let first: PacedEvents.Step
    let script: any AnswerScript
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
        do {
            try await send(try script.opening(), to: &writer)
            while true {
                switch step {
                case .event(.piece(let piece)): try await send(try script.bytes(for: piece), to: &writer)
                case .event(.choice(let choice, let piece)):
                    try await send(try script.bytes(for: piece, choice: choice), to: &writer)
                case .event(.settled(let answer, let trace)):
                    try await send(try script.ending(answer, trace), to: &writer)
                    return nil
                case .end: throw Fault(.expertCutOff, "answer", "it ended without a result", hint: "Ask again")
                case .failed(let error): return try await fail(with: error, &script, to: &writer)
                case .silence: try await send(script.keepAlive, to: &writer)
                }
                step = await events.next()
            }
        } catch let fault as Fault {
            return try await fail(with: fault, &script, to: &writer)
        }
    }

    private func send(_ bytes: [UInt8], to writer: inout any ResponseBodyWriter) async throws {
        if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
    }

    private func fail(
        with error: any Error, _ script: inout any AnswerScript, to writer: inout any ResponseBodyWriter
    ) async throws -> String {
        let refusal = Refusal(any: error)
        try await send(script.failure(refusal), to: &writer)
        return client.isGone ? "client_gone" : refusal.code
    }
}
