import CCurl

/// Sends HTTP requests over libcurl: one thread for all of them, connections kept and shared, HTTP/2 where offered,
/// certificates always verified.
///
/// Proxies come from the environment (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`); loopback never goes through
/// one. Redirects are not followed: an address is configuration, not something a server may change.
public final class HTTPTransport: Sendable {
    /// Bounds on connections.
    public struct Limits: Sendable, Hashable {
        /// Open at a time; further requests wait.
        public var connections: Int
        /// To one host.
        public var hostConnections: Int
        /// Kept open without a request.
        public var idleConnections: Int

        public init(connections: Int = 512, hostConnections: Int = 256, idleConnections: Int = 128) {
            self.connections = connections
            self.hostConnections = hostConnections
            self.idleConnections = idleConnections
        }
    }

    private let loop: TransferLoop

    public init(limits: Limits = Limits()) { loop = TransferLoop(limits: limits) }

    deinit { loop.stop() }

    /// Sends a request and waits for the head of the response; the body is then pulled from it.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if let flaw = request.flaw { throw .invalidRequest(flaw) }
        let transfer = Transfer(request)
        let loop = loop
        let head = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                transfer.waitForHead(waiter)
                loop.start(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        let (status, headers) = try head.get()
        return HTTPResponse(status: status, headers: headers, body: HTTPBody(transfer: transfer, loop: loop))
    }

    /// Ends every request with `shutDown`; later ones fail the same way.
    public func shutdown() { loop.stop() }
}
