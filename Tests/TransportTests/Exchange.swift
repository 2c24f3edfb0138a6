import Support
import Synchronization
import Transport

/// A response read to its end.
struct Exchange: Sendable {
    var response: HTTPResponse
    var bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTTPTransport {
    /// Sends a request and reads the whole body.
    func exchange(_ request: HTTPRequest) async throws(TransportError) -> Exchange {
        let response = try await send(request)
        return Exchange(response: response, bytes: try await response.body.collect(upTo: 64 << 20))
    }

    /// How the exchange fails; nil if it does not.
    func failure(_ request: HTTPRequest) async -> TransportError? {
        do {
            _ = try await exchange(request)
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPBody {
    /// How the next read fails; nil if it does not.
    func nextFailure() async -> TransportError? {
        do {
            _ = try await next()
            return nil
        } catch {
            return error
        }
    }
}

extension SocketReply {
    /// These bytes, then the end of the connection.
    static func cut(_ text: String) -> SocketReply { SocketReply([.send(Array(text.utf8)), .close]) }

    /// These bytes, then nothing until the client leaves.
    static func stall(_ text: String) -> SocketReply { SocketReply([.send(Array(text.utf8)), .hang]) }
}

/// A door that a test opens for its server, once and for good.
final class Latch: Sendable {
    private let state = Mutex(false)

    var isOpen: Bool { state.withLock { $0 } }

    func open() { state.withLock { $0 = true } }

    /// The server's step that waits here.
    var wait: SocketReply.Step { .wait { self.isOpen } }
}
