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
    @concurrent private func write(to writer: inout any ResponseBodyWriter) async throws -> String? {
        var script = script
        var turn = self.turn(at: nil, &script)
        try await send(turn, to: &writer)
        var step = first
        while !turn.isLast {
            turn = self.turn(at: step, &script)
            try await send(turn, to: &writer)
            if !turn.isLast { step = await events.next() }
        }
        return turn.failure
    }

    @concurrent private func send(_ turn: Turn, to writer: inout any ResponseBodyWriter) async throws {
        if !turn.bytes.isEmpty { try await writer.write(ByteBuffer(bytes: turn.bytes)) }
    }

    /// What goes out for a step; for none the opening.
    ///
    /// Never a part of the caller: what it needs on its way would lie in memory for as long as the stream lasts.
    @inline(never)
    private func turn(at step: PacedEvents.Step?, _ script: inout any AnswerScript) -> Turn {
        do {
            switch step {
            case nil: return Turn(bytes: try script.opening())
            case .event(.piece(let piece)): return Turn(bytes: try script.bytes(for: piece))
            case .event(.choice(let choice, let piece)):
                return Turn(bytes: try script.bytes(for: piece, choice: choice))
            case .event(.settled(let answer, let trace)):
                return Turn(bytes: try script.ending(answer, trace), isLast: true)
            case .silence: return Turn(bytes: script.keepAlive)
            case .end: throw Fault(.expertCutOff, "answer", "it ended without a result", hint: "Ask again")
            case .failed(let error): throw error
            }
        } catch {
            let refusal = Refusal(any: error)
            return Turn(
                bytes: script.failure(refusal), isLast: true, failure: client.isGone ? "client_gone" : refusal.code)
        }
    }

    private struct Turn {
        var bytes: [UInt8]
        var isLast = false
        /// The code of what ended it; nil if nothing did.
        var failure: String?
    }
}
