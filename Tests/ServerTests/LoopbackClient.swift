import Dispatch
import Glibc
import Synchronization

/// One connection of a client, as bytes. Blocking calls happen on a queue of its own, so that no test holds a thread
/// that the server needs.
final class LoopbackClient: Sendable {
    struct Trouble: Error {
        var step: String
        var errno: Int32
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "loopback client")
    private let received = Mutex<[UInt8]>([])
    private let isClosed = Mutex(false)

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard connected == 0 else {
            let why = errno
            Glibc.close(descriptor)
            throw Trouble(step: "connect", errno: why)
        }
        // Nothing takes this long unless it hangs.
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    deinit { close() }

    /// Hangs up.
    func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        if isFirst {
            shutdown(descriptor, Int32(SHUT_RDWR))
            Glibc.close(descriptor)
        }
    }

    func send(_ text: String) async throws {
        try await onQueue { [descriptor] in
            var bytes = Array(text.utf8)[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Trouble(step: "send", errno: errno) }
                bytes = bytes.dropFirst(count)
            }
        }
    }

    /// All that has come, once it holds `text`.
    func receive(until text: String) async throws -> String {
        while true {
            let all = string
            if all.contains(text) { return all }
            guard try await receiveMore() else { throw Trouble(step: "receive until \(text) of \(all)", errno: 0) }
        }
    }

    /// All that has come, once the server has hung up.
    func receiveAll() async throws -> String {
        while try await receiveMore() {}
        return string
    }

    /// Forgets what has come so far.
    func forget() { received.withLock { $0 = [] } }

    /// Reads up to 64 KiB for nothing.
    func receiveAndForget() async throws {
        _ = try await receiveMore()
        forget()
    }

    private var string: String { String(decoding: received.withLock { $0 }, as: UTF8.self) }

    /// False at the end.
    private func receiveMore() async throws -> Bool {
        try await onQueue { [descriptor] in
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count >= 0 else {
                // A server that hangs up on unread bytes resets the connection.
                guard errno == ECONNRESET else { throw Trouble(step: "receive", errno: errno) }
                return false
            }
            self.received.withLock { $0 += piece.prefix(count) }
            return count > 0
        }
    }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}

extension LoopbackClient {
    /// Sends a request with a body of JSON.
    func post(_ path: String, _ body: String, headers: String = "") async throws {
        try await send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(headers)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    func get(_ path: String, method: String = "GET") async throws {
        try await send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }
}
