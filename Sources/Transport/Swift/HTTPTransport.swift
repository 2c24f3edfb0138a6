import Glibc

/// Sends HTTP requests over libcurl: a few threads for all of them, connections kept and shared, HTTP/2 where offered,
/// certificates always verified.
///
/// Proxies come from the environment (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`); loopback never goes through
/// one. Redirects are not followed: an address is configuration, not something a server may change. Keep the transport
/// for as long as the bodies it gave are read: its end is theirs.
public final class HTTPTransport: Sendable {
    /// Bounds on connections; each is at least one. By default half of the files that this process may open now are
    /// for connections to servers (the other half is for clients), three quarters of these for one host.
    public struct Limits: Sendable, Hashable {
        /// Open at a time; further requests wait.
        public var connections: Int
        /// To one host.
        public var hostConnections: Int
        /// Kept open without a request.
        public var idleConnections: Int

        public init(connections: Int? = nil, hostConnections: Int? = nil, idleConnections: Int? = nil) {
            let all = connections ?? Self.share
            self.connections = all
            self.hostConnections = hostConnections ?? all * 3 / 4
            self.idleConnections = idleConnections ?? all / 2
        }

        /// Half of the files that may be open; more than 32,768 connections are nobody's wish.
        private static var share: Int {
            var files = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 else { return 512 }
            return Int(min(files.rlim_cur, 65_536)) / 2
        }
    }

    /// The connections of one are not another's: at least one each, and together no more than the limits say.
    private let loops: [TransferLoop]

    /// - Parameter threads: that drive requests; by default one for each two cores, at most eight. On two cores more than
    ///   one is no gain: libcurl's work on a request is then a small part of all work on it.
    public init(limits: Limits = Limits(), threads: Int? = nil) {
        let wanted = threads ?? min(sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2, 8)
        let count = max(1, min(wanted, limits.connections, limits.hostConnections))
        let share = Limits(
            connections: limits.connections / count, hostConnections: limits.hostConnections / count,
            idleConnections: limits.idleConnections / count)
        loops = (0..<count).map { _ in TransferLoop(limits: share) }
    }

    deinit { shutdown() }

    /// The one with the fewest requests, of these the first: requests one after the other share a connection.
    private var leastBusyLoop: TransferLoop {
        var best = loops[0]
        var least = best.transferCount
        for loop in loops.dropFirst() where least > 0 {
            let count = loop.transferCount
            if count < least { (best, least) = (loop, count) }
        }
        return best
    }

    /// Sends a request and waits for the head of the response; the body is then pulled from it. Whatever the status, a
    /// head is a success; cancelling the waiting task hangs up.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if let flaw = request.flaw { throw .invalidRequest(flaw) }
        let transfer = Transfer(request)
        let loop = leastBusyLoop
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                transfer.waitForHead(waiter)
                loop.start(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        let head = try result.get()
        return HTTPResponse(
            status: head.status, version: head.version, headers: head.headers,
            body: HTTPBody(transfer: transfer, loop: loop))
    }

    /// Ends every request with `shutDown`, and the threads with them; later requests fail the same way.
    public func shutdown() {
        for loop in loops { loop.stop() }
    }
}
