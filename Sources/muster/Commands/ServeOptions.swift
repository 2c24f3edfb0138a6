import ArgumentParser
import Core
import Foundation
import Logging
import Metrics
import Pipeline
import Server
import ServiceLifecycle
import Settings
import UnixSignals

/// How the service is offered, whatever it answers with.
struct ServeOptions: ParsableArguments {
    @Option(help: "In place of server.host.")
    var host: String?

    @Option(help: "In place of server.port; 0 for any free one.")
    var port: Int?

    @Option(help: "In place of store.path; :memory: keeps nothing.")
    var store: String?

    @Option(help: "A file that gets the port once the service listens.")
    var portFile: String?

    @Option(help: "\(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = "notice"

    @Option(help: "text, or json: one object a line, for programs that collect logs.")
    var logFormat = LogFormat.text

    func validate() throws {
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("--port is \(port); it goes from 0 to 65535.")
        }
        if Logger.Level(rawValue: logLevel) == nil {
            throw ValidationError(
                "--log-level is \(logLevel); choose \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    /// Serves what `source` configures until a signal stops it.
    func serve(_ source: ConfigurationSource) async throws {
        OpenFiles.raise()
        KeptMemory.limit()
        signal(SIGHUP, SIG_IGN)  // until somebody listens for it
        logFormat.begin()
        let known = source.fingerprint()
        try await Assembly.with(source, store: store) { assembly in
            var logger = Logger(label: "muster")
            logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
            MetricsSystem.bootstrap(assembly.metrics)
            assembly.metrics.include { CanaryFigures(assembly.now.parts.canaries.book).families }
            let ring = KeyRing(
                store: assembly.store, holder: String(WallClock.entropy(), radix: 16), time: assembly.time)
            try await ring.refresh()
            let keeping = KeyKeeping(ring: ring, time: assembly.time, logger: logger)
            let batches = BatchRunner(
                store: assembly.store, service: assembly.batchService, embedders: assembly.embedders,
                time: assembly.time, logger: logger, asker: { ring.asker(key: $0) })
            let service = HTTPService(
                answering: assembly.service, traces: assembly.traces, feedback: assembly.feedback,
                embedders: assembly.embedders, batches: batches, options: options(assembly.settings), keys: ring,
                admin: admin(assembly, ring), insight: insight(assembly), metrics: assembly.metrics,
                version: Muster.version, time: assembly.time,
                entropy: WallClock.entropy, logger: logger,
                onListening: { announce(host: $0, port: $1, hasDashboard: assembly.settings.server.dashboard) })
            let retention = TraceRetention(
                store: assembly.store, time: assembly.time, keep: assembly.settings.store.keepTraces, logger: logger)
            let watch = ConfigurationWatch(
                source: assembly.source, known: known, time: assembly.time, logger: logger
            ) { try await assembly.reload() }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [
                        .init(service: service), .init(service: retention), .init(service: keeping),
                        .init(service: batches), .init(service: watch),
                        .init(service: CapabilityWatch(assembly: assembly, logger: logger)),
                        .init(service: CanaryWatch(assembly: assembly, logger: logger)),
                    ],
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            do { try await group.run() } catch {
                await keeping.end()
                throw error
            }
            await keeping.end()
        }
    }

    /// Nil where nobody may administrate.
    private func admin(_ assembly: Assembly, _ ring: KeyRing) -> AdminParts? {
        assembly.settings.server.adminKey.map { key in
            AdminParts(
                key: key, ring: ring, prices: assembly.store,
                directory: { (assembly.current.now ?? assembly.configured).directory },
                desk: LiveExperts(assembly: assembly), steward: ProgramSteward(assembly: assembly),
                entropy: WallClock.entropy)
        }
    }

    /// Nil where there is no dashboard.
    private func insight(_ assembly: Assembly) -> InsightParts? {
        guard assembly.settings.server.dashboard else { return nil }
        let now = { @Sendable in assembly.current.now ?? assembly.configured }
        return InsightParts(
            store: assembly.store, marks: assembly.store, board: assembly.board, skills: { now().skills },
            directory: { now().directory }, book: { now().profiles.snapshot.book })
    }

    private func options(_ settings: Settings) -> ServiceOptions {
        let server = settings.server
        return ServiceOptions(
            host: host ?? server.host, port: port ?? server.port, hosts: server.hosts, maximumBody: server.maxBody,
            keys: Set(server.keys.map { $0.reveal() }),
            showTrace: ServiceOptions.TraceDisplay(rawValue: server.showTrace.rawValue) ?? .header,
            showMetrics: ServiceOptions.MetricsDisplay(rawValue: server.metrics.rawValue) ?? .keyed,
            drain: server.drain, keepsText: settings.store.keepText,
            connection: ConnectionLimits(
                connections: server.limits.connections, headerSize: server.limits.headerSize,
                headerCount: server.limits.headerCount, headTime: server.limits.headTime,
                bodyTime: server.limits.bodyTime),
            limits: ServiceOptions.Limits(
                inFlight: server.admission.inFlight, queue: server.admission.queue,
                queueWait: server.admission.queueWait))
    }

    private func announce(host: String, port: Int, hasDashboard: Bool) {
        let address = "http://\(host):\(port)/"
        Output.remark("muster: \(address)v1" + (hasDashboard ? ", dashboard at \(address)" : ""))
        guard let portFile else { return }
        do {
            try Data("\(port)".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic)
        } catch {
            Output.remark("muster: \(portFile) cannot be written: \(error)")
        }
    }
}
