import Core
import Transport

/// A running service, asked over HTTP for what it knows of itself.
struct TopSource: Sendable {
    /// The most that is read of one answer, in bytes.
    private static let longest = 16 << 20

    /// Without `/v1` or a slash at the end.
    let address: String
    /// Nil if the service has no keys.
    let key: String?
    let transport: HTTPTransport
    let time: TimeSource

    init(address: String, key: String?, transport: HTTPTransport, time: TimeSource) {
        var address = address
        for ending in ["/", "/v1"] where address.hasSuffix(ending) { address.removeLast(ending.count) }
        self.address = address
        self.key = key
        self.transport = transport
        self.time = time
    }

    /// - Throws: a `Fault` that says what to do if the service cannot be read.
    func read(calls: Int) async throws -> TopReading {
        let metrics = try await get("/metrics")
        let health = try await get("/healthz")
        let traces = try await get("/v1/traces?limit=\(calls)")
        do {
            return try TopReading(
                at: time.now(), metrics: String(decoding: metrics, as: UTF8.self), health: health, traces: traces)
        } catch is DecodingError {
            throw Fault(.expertGarbled, address, "it does not answer as a muster serve of this version does")
        }
    }

    private func get(_ path: String) async throws -> [UInt8] {
        let clocks = HTTPClocks(
            connect: .seconds(3), firstByte: .seconds(10), idle: .seconds(10), total: .seconds(20))
        let headers = key.map { [(name: "Authorization", value: "Bearer \($0)")] } ?? []
        do {
            let response = try await transport.send(HTTPRequest(url: address + path, headers: headers, clocks: clocks))
            let body = try await response.body.collect(upTo: Self.longest)
            // 503 of /healthz is an answer: no expert is ready.
            if response.status == 200 || (path == "/healthz" && response.status == 503) { return body }
            throw refusal(response.status, path)
        } catch let error as TransportError {
            throw Fault(
                .expertUnreachable, address, "it cannot be read: \(error)",
                hint: "muster serve says its address when it starts; name it with --url")
        }
    }

    private func refusal(_ status: Int, _ path: String) -> Fault {
        switch status {
        case 401, 403:
            Fault(
                .invalidRequest, address + path, "it wants a key",
                hint: "Name the variable that holds one with --key-env")
        case 404:
            Fault(
                .invalidRequest, address + path, "there is no such path",
                hint: "server.metrics may be never, or it is another service")
        default: Fault(.expertFailed, address + path, "it answered \(status)")
        }
    }
}
