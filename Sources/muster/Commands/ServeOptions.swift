import ArgumentParser
import Core
import Foundation
import Logging
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
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        try await Assembly.with(source, store: store) { assembly in
            var logger = Logger(label: "muster")
            logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
            let service = HTTPService(
                answering: assembly.service, traces: assembly.store, feedback: assembly.store,
                options: options(assembly.settings), time: assembly.time, entropy: WallClock.entropy, logger: logger,
                onListening: announce)
            let retention = TraceRetention(
                store: assembly.store, time: assembly.time, keep: assembly.settings.store.keepTraces, logger: logger)
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: service), .init(service: retention)],
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            try await group.run()
        }
    }

    private func options(_ settings: Settings) -> ServiceOptions {
        let server = settings.server
        return ServiceOptions(
            host: host ?? server.host, port: port ?? server.port, maximumBody: server.maxBody,
            keys: Set(server.keys.map { $0.reveal() }),
            showTrace: ServiceOptions.TraceDisplay(rawValue: server.showTrace.rawValue) ?? .header,
            drain: server.drain, keepsText: settings.store.keepText,
            limits: ServiceOptions.Limits(
                inFlight: server.limits.inFlight, queue: server.limits.queue, queueWait: server.limits.queueWait))
    }

    private func announce(host: String, port: Int) {
        Output.remark("muster: http://\(host):\(port)/v1")
        guard let portFile else { return }
        do {
            try Data("\(port)".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic)
        } catch {
            Output.remark("muster: \(portFile) cannot be written: \(error)")
        }
    }
}
