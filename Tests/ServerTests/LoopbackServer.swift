import Core
import Logging
import Server
import ServiceLifecycle
import Support
import Synchronization

/// The API on a real socket of this machine, at any free port.
final class LoopbackServer: Sendable {
    let service: ScriptedService
    let time: ManualTime
    let log = LogLines()
    let port: Int
    private let group: ServiceGroup
    private let running: Task<Void, any Error>
    private let ended = Latch()

    /// - Parameter answering: in place of the scripted service.
    init(
        _ service: ScriptedService = ScriptedService(), answering: (any AnswerService)? = nil,
        options: ServiceOptions = ServiceOptions(), insight: InsightParts? = nil, time: ManualTime = ManualTime(.waits)
    ) async throws {
        var options = options
        options.port = 0
        self.time = time
        self.service = service
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let http = HTTPService(
            answering: answering ?? service, traces: TraceShelf(), feedback: FeedbackShelf(), options: options,
            insight: insight, time: time.source, entropy: { 0xABC }, logger: log.logger,
            onListening: { _, port in told.yield(port) })
        let group = ServiceGroup(services: [http], logger: LogLines().logger)
        let ended = ended
        let running = Task {
            defer {
                told.finish()
                ended.open()
            }
            try await group.run()
        }
        self.group = group
        self.running = running
        guard let port = await ports.first(where: { _ in true }) else {
            try await running.value
            throw CancellationError()
        }
        self.port = port
    }

    /// Serves while `work` lasts, and is gone after it.
    static func serving(
        _ service: ScriptedService = ScriptedService(), answering: (any AnswerService)? = nil,
        options: ServiceOptions = ServiceOptions(), insight: InsightParts? = nil,
        time: ManualTime = ManualTime(.waits), _ work: (LoopbackServer) async throws -> Void
    ) async throws {
        let server = try await LoopbackServer(
            service, answering: answering, options: options, insight: insight, time: time)
        do {
            try await work(server)
        } catch {
            await server.cancel()
            throw error
        }
        await server.cancel()
    }

    /// True once nothing runs any more.
    var hasEnded: Bool { ended.isOpen }

    func connect() throws -> LoopbackClient { try LoopbackClient(port: port) }

    /// Asks for a graceful shutdown.
    func stop() async { await group.triggerGracefulShutdown() }

    /// The end of the service, as its owner sees it.
    func end() async throws { try await running.value }

    private func cancel() async {
        running.cancel()
        _ = await running.result
    }
}
