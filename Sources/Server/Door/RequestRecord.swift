import Core
import HTTPTypes
import Logging

/// What is noted about one request: a line in the log and a few figures, without a word of what was asked.
struct RequestRecord: Sendable {
    /// `x-request-id`: the caller's own, else the trace's, else one made here.
    private(set) var id: String
    /// The trace's id; nil where nothing was decided.
    private(set) var trace: String?
    /// An endpoint's name, or `none`.
    var endpoint: String
    /// How often the client's library says it tried before.
    var clientRetries: Int
    private let isCallersOwn: Bool
    private let started: TimeSource.Instant
    private let time: TimeSource
    private let figures: RequestFigures
    private let logger: Logger

    /// - Parameters:
    ///   - callersID: the request's own id; nil if it has none.
    ///   - newID: in its place.
    init(
        callersID: String?, newID: @autoclosure () -> String, endpoint: String, clientRetries: Int, time: TimeSource,
        figures: RequestFigures, logger: Logger
    ) {
        id = callersID ?? newID()
        isCallersOwn = callersID != nil
        self.endpoint = endpoint
        self.clientRetries = clientRetries
        self.time = time
        self.figures = figures
        self.logger = logger
        started = time.now()
    }

    /// Notes under which id the decision is kept; it is the request's too unless the caller gave one.
    mutating func note(trace id: String) {
        trace = id
        if !isCallersOwn { self.id = id }
    }

    /// Notes the end. Never a part of the caller, in whose memory it would have its room from the beginning.
    ///
    /// - Parameter failure: the code of what went wrong, also after the first byte; nil if nothing did.
    @inline(never)
    func end(status: HTTPResponse.Status, failure: String? = nil) {
        let seconds = time.seconds(since: started)
        figures.end(endpoint, status: status.code, seconds: seconds, failure: failure)
        guard logger.logLevel <= .info else { return }
        var metadata: Logger.Metadata = [
            "id": "\(id)", "endpoint": "\(endpoint)", "status": .stringConvertible(status.code),
            "seconds": .stringConvertible((seconds * 1_000_000).rounded() / 1_000_000),
        ]
        if isCallersOwn, let trace { metadata["trace"] = "\(trace)" }
        if let failure { metadata["failure"] = "\(failure)" }
        if clientRetries > 0 { metadata["client_retries"] = .stringConvertible(clientRetries) }
        logger.info("request", metadata: metadata)
    }
}
