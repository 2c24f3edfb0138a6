public import Core
import Foundation
package import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
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
    private let time: TimeSource
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) -> Void

    /// - Parameters:
    ///   - entropy: the request ids' random numbers.
    ///   - onListening: told the address once it is bound; the port is the real one where 0 was asked for.
    public init(
        answering service: any AnswerService, traces: any TraceStore, feedback: any FeedbackStore,
        options: ServiceOptions = ServiceOptions(), time: TimeSource, entropy: @escaping @Sendable () -> UInt64,
        logger: Logger,
        onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in }
    ) {
        self.options = options
        self.time = time
        self.logger = logger
        self.onListening = onListening
        clients = ConnectedClients()
        let limits = RequestLimits(maximumBody: options.maximumBody)
        let headers = TraceHeaders(showsTrace: options.showTrace == .header)
        doorway = Doorway(
            keys: APIKeys(options.keys), clients: clients,
            chat: ChatRoute(
                service: service, limits: limits, display: options.showTrace, headers: headers,
                keepAlive: options.keepAlive, time: time),
            models: ModelsRoute(service: service, created: time.timestamp().seconds),
            decisions: DecisionRoute(service: service, limits: limits, headers: headers),
            traces: TraceRoutes(store: traces),
            feedback: FeedbackRoute(store: feedback, limits: limits, keepsText: options.keepsText, time: time),
            health: HealthRoute(service: service),
            admission: AdmissionQueue(options.limits, time: time), time: time, entropy: entropy, logger: logger)
    }

    /// Listens and answers until a graceful shutdown or a cancellation.
    ///
    /// - Throws: a `Fault` if the address cannot be listened on.
    public func run() async throws {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { try await application().run() }
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
        // Hummingbird's own lines repeat what `onListening` is for.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return Application(
            responder: doorway,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [clients.makeWatcher()], idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
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
