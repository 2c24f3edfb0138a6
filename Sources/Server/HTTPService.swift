public import Core
import Foundation
package import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// Serves questions over HTTP, in the format of OpenAI's API, until it is asked to stop.
///
/// Starting does nothing but bind the address. Stopping lets running answers finish, for a bounded time.
public struct HTTPService: Service {
    /// How long a connection may stand without a request, or with half of one.
    private static let idleTimeout = TimeAmount.seconds(75)
    /// How long abandoned streams have to say so before their connections are cut.
    private static let farewell = Duration.seconds(1)

    private let options: ServiceOptions
    private let doorway: Doorway
    private let clients: ConnectedClients
    private let loops: LoopExecutors
    private let time: TimeSource
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void

    /// - Parameters:
    ///   - metrics: where everything is counted, and read from by `/metrics`.
    ///   - version: this program's, for `/metrics`.
    ///   - keys: the keys of clients, beside those of the options; nil for none.
    ///   - admin: nil where there is no admin API.
    ///   - insight: nil where there is no dashboard.
    ///   - embedders: which texts can be turned into vectors by.
    ///   - batches: works through batches; run beside this service by whoever owns both.
    ///   - entropy: the request ids' random numbers.
    ///   - onListening: told the address once it is bound; the port is the real one where 0 was asked for.
    public init(
        answering service: any AnswerService, traces: any TraceStore, feedback: any FeedbackStore,
        embedders: EmbedderShelf = EmbedderShelf(), batches: BatchRunner? = nil,
        options: ServiceOptions = ServiceOptions(), keys: KeyRing? = nil, admin: AdminParts? = nil,
        insight: InsightParts? = nil,
        metrics: MetricRegistry = MetricRegistry(), version: String = "", time: TimeSource,
        entropy: @escaping @Sendable () -> UInt64, logger: Logger,
        onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in }
    ) {
        self.options = options
        self.time = time
        self.logger = logger
        self.onListening = onListening
        loops = LoopExecutors(MultiThreadedEventLoopGroup.singleton)
        clients = ConnectedClients(on: loops)
        let figures = RequestFigures(metrics, board: insight?.board)
        doorway = Doorway(
            to: Endpoints(
                answering: service, traces: traces, feedback: feedback, embedders: embedders, batches: batches,
                options: options, admin: admin, insight: insight, metrics: metrics, figures: figures, version: version,
                time: time, entropy: entropy, logger: logger),
            options: options, keys: keys, clients: clients, figures: figures, time: time,
            entropy: entropy, logger: logger)
    }

    /// Listens and answers until a graceful shutdown or a cancellation.
    ///
    /// - Throws: a `Fault` if the address cannot be listened on.
    public func run() async throws {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask(executorPreference: loops.any) { try await application().run() }
                group.addTask { try await endDraining() }
                // The application ends by itself when it is drained; else the bound ends it.
                try await group.next()
                group.cancelAll()
            }
        } catch let error as IOError {
            throw Fault(
                .addressTaken, "\(options.host):\(options.port)",
                "this address cannot be listened on: \(String(cString: strerror(error.errnoCode)))",
                hint: "Another program may be there; choose another server.port, or --port")
        }
    }

    /// Everything that answers, as Hummingbird runs and tests it.
    package func application() -> some ApplicationProtocol {
        let clients = clients
        let onListening = onListening
        let options = options
        let connection = options.connection
        // Hummingbird's own lines repeat what `onListening` is for.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: doorway,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RequestClock(connection), clients.makeWatcher()],
                    idleTimeout: Self.idleTimeout,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: connection.headerSize, maxHeaderListSize: connection.headerSize,
                        maxHeaderFieldCount: connection.headerCount))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: .maximum(connection.connections, logger: quiet)),
            onServerRunning: { channel in
                onListening(options.host, channel.localAddress?.port ?? options.port)
            },
            logger: quiet)
    }

    /// Ends when answers have had their time after a stop was asked for.
    private func endDraining() async throws {
        try await gracefulShutdown()
        try await time.sleep(for: options.drain)
        logger.warning("answers were cut short by the stop", metadata: ["drain_seconds": "\(options.drain.seconds)"])
        clients.dismissAll()
        try await time.sleep(for: Self.farewell)
    }
}

extension HTTPService: CustomStringConvertible {
    /// Service groups name their services by description; without this one, it would be everything that hangs on them,
    /// profiles and keys included.
    public var description: String { "HTTP service at \(options.host):\(options.port)" }
}
