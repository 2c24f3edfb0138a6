import Glibc
import Synchronization

/// A server on loopback that does what it is told, byte by byte: pauses, breaks off, hangs, and remembers what it was
/// asked. One thread a connection; for tests only.
public final class ScriptedSocketServer: Sendable {
    /// Why no server could be started.
    public struct NoSocket: Error {
        public var step: String
        public var errno: Int32
    }

    private struct State {
        var requests: [SocketRequest] = []
        var connections = 0
        var closed = 0
        var atOnce = 0
        var mostAtOnce = 0
        var hangUps = 0
        var bytesSent = 0
        var isStopped = false
    }

    /// The port on 127.0.0.1.
    public let port: Int
    private let greeting: String
    private let reply: @Sendable (SocketRequest, Int) -> SocketReply
    private let state = Mutex(State())

    /// - Parameters:
    ///   - greeting: sent on every new connection before anything is asked.
    ///   - reply: what is done with request number 0, 1, 2 … counted over all connections.
    public convenience init(
        greeting: String = "", reply: @escaping @Sendable (SocketRequest, Int) -> SocketReply
    ) throws {
        let (descriptor, port) = try SocketListener.loopback()
        self.init(on: descriptor, port: port, greeting: greeting, reply: reply)
    }

    /// Listens on a socket in the file system, made at this path; `port` is 0.
    public convenience init(
        unixSocket path: String, reply: @escaping @Sendable (SocketRequest, Int) -> SocketReply
    ) throws {
        self.init(on: try SocketListener.file(path), port: 0, greeting: "", reply: reply)
    }

    private init(
        on descriptor: Int32, port: Int, greeting: String,
        reply: @escaping @Sendable (SocketRequest, Int) -> SocketReply
    ) {
        self.port = port
        self.greeting = greeting
        self.reply = reply
        // The threads hold the server only while they work, so that it stops when the test drops it.
        Self.startThread { [weak self] in
            while Self.isReadable(descriptor, within: 20) != nil {
                guard let server = self, !server.isStopped else { break }
                guard Self.isReadable(descriptor, within: 0) == true else { continue }
                let client = accept(descriptor, nil, nil)
                if client >= 0 { server.serve(client) }
            }
            close(descriptor)
        }
    }

    /// Replies in order; the last one is repeated.
    public convenience init(_ replies: SocketReply...) throws {
        try self.init { _, index in
            replies.isEmpty ? SocketReply([.close]) : replies[min(index, replies.count - 1)]
        }
    }

    deinit { stop() }

    /// Such as `http://127.0.0.1:4711`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What came in, in order of arrival.
    public var requests: [SocketRequest] { state.withLock { $0.requests } }

    /// Connections ever made.
    public var connectionCount: Int { state.withLock { $0.connections } }

    /// Connections that this side has closed.
    public var closedCount: Int { state.withLock { $0.closed } }

    /// The most requests that were being answered at a time.
    public var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    /// How often a client left while it was being served.
    public var hangUps: Int { state.withLock { $0.hangUps } }

    /// Bytes that the system has taken for clients so far; stands still while a client does not read.
    public var bytesSent: Int { state.withLock { $0.bytesSent } }

    /// Waits until something is true of the server.
    ///
    /// - Parameter limit: a bound against hanging tests; false if it passes.
    public func waits(
        within limit: Duration = .seconds(60), until isTrue: @Sendable (ScriptedSocketServer) -> Bool
    ) async -> Bool {
        let end = ContinuousClock.now + limit
        while !isTrue(self) {
            if ContinuousClock.now > end { return false }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return true
    }

    /// Ends all connections and lets nobody in any more.
    public func stop() { state.withLock { $0.isStopped = true } }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    /// A port on which nobody listens.
    public static func deafPort() throws -> Int {
        let server = try ScriptedSocketServer(SocketReply([.close]))
        server.stop()
        // The listener closes within one round of its thread.
        for _ in 0..<200 where canConnect(to: server.port) { usleep(10_000) }
        return server.port
    }

    // MARK: Threads

    private func serve(_ client: Int32) {
        state.withLock { $0.connections += 1 }
        Self.startThread { [self] in
            _ = send(Array(greeting.utf8), to: client)
            var reader = SocketRequestReader(client)
            while !isStopped, let request = reader.next(while: { !self.isStopped }) {
                let index = state.withLock { state in
                    state.requests.append(request)
                    state.atOnce += 1
                    state.mostAtOnce = max(state.mostAtOnce, state.atOnce)
                    return state.requests.count - 1
                }
                guard perform(reply(request, index), on: client) else { break }
            }
            close(client)
            state.withLock { $0.closed += 1 }
        }
    }

    /// False if the connection is over.
    private func perform(_ reply: SocketReply, on client: Int32) -> Bool {
        var isCounted = true
        let leave = {
            if isCounted { self.state.withLock { $0.atOnce -= 1 } }
            isCounted = false
        }
        defer { leave() }
        for (index, step) in reply.steps.enumerated() {
            // Before the last step: with the last bytes the client may already ask the next question.
            if index == reply.steps.count - 1 { leave() }
            switch step {
            case .send(let bytes):
                guard send(bytes, to: client) else {
                    state.withLock { $0.hangUps += 1 }
                    return false
                }
            case .pause(let duration):
                let (seconds, attoseconds) = duration.components
                usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
            case .wait(let isOver):
                while !isStopped, !isOver() { usleep(2_000) }
            case .hang:
                while !isStopped {
                    guard Self.isReadable(client, within: 10) != false else { continue }
                    state.withLock { $0.hangUps += 1 }
                    return false
                }
                return false
            case .close: return false
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
                return false
            }
        }
        return true
    }

    private func send(_ bytes: [UInt8], to client: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            // In pieces, so that `bytesSent` tells how far it got while the client does not read.
            let count = bytes[sent...].prefix(64 << 10).withUnsafeBytes {
                Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
            state.withLock { $0.bytesSent += count }
        }
        return true
    }

    /// Whether something can be read, the end of the connection included; nil if the descriptor is broken.
    static func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool? {
        var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&wish, 1, milliseconds)
        if count < 0, errno != EINTR { return nil }
        return count > 0
    }

    private static func canConnect(to port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Work(body)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context)
        precondition(result == 0, "the system can start one thread")
        pthread_detach(thread)
    }
}
