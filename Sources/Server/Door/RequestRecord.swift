import Core
import HTTPTypes
import Logging
import Metrics

/// What is noted about one request: a line in the log and two metrics, without a word of what was asked.
struct RequestRecord: Sendable {
    /// `x-request-id`.
    var id: String
    /// An endpoint's name, or `none`.
    var endpoint: String
    /// How often the client's library says it tried before.
    var clientRetries: Int
    private let started: TimeSource.Instant
    private let time: TimeSource
    private let logger: Logger

    init(id: String, endpoint: String, clientRetries: Int, time: TimeSource, logger: Logger) {
        self.id = id
        self.endpoint = endpoint
        self.clientRetries = clientRetries
        self.time = time
        self.logger = logger
        started = time.now()
    }

    /// Notes the end.
    ///
    /// - Parameter failure: the code of what went wrong, also after the first byte; nil if nothing did.
    func end(status: HTTPResponse.Status, failure: String? = nil) {
        let seconds = time.seconds(since: started)
        let dimensions = [("endpoint", endpoint), ("status", String(status.code))]
        Counter(label: "muster_requests_total", dimensions: dimensions).increment()
        Timer(label: "muster_request_seconds", dimensions: [("endpoint", endpoint)]).recordSeconds(seconds)
        if let failure {
            Counter(label: "muster_errors_total", dimensions: [("endpoint", endpoint), ("code", failure)]).increment()
        }
        var metadata: Logger.Metadata = [
            "id": "\(id)", "endpoint": "\(endpoint)", "status": "\(status.code)",
            "seconds": "\((seconds * 1_000_000).rounded() / 1_000_000)",
        ]
        if let failure { metadata["failure"] = "\(failure)" }
        if clientRetries > 0 { metadata["client_retries"] = "\(clientRetries)" }
        logger.info("request", metadata: metadata)
    }
}
