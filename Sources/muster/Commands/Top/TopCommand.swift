import ArgumentParser
import Core
import Foundation
import Settings
import Synchronization
import Transport
import UnixSignals

/// `muster top`: what a running service is doing, live.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "Watch a running service: requests, times, money, experts, calls.",
        discussion: """
            Rates and times are of the last 30 seconds. q or Ctrl-C ends it. Where standard output is no terminal, or with \
            --once, one picture of the time between two looks is printed.
            """)

    /// How far back rates look.
    private static let window = Duration.seconds(30)

    @Option(help: "The service's address.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The environment variable that holds one of the service's keys, if it has any.")
    var keyEnv: String?

    @Option(help: "The time between two looks: 500ms, 2s, 1m.")
    var interval = "2s"

    @Flag(help: "Print one picture and end.")
    var once = false

    private var pause: Duration? { DurationText.parse(interval) }

    func validate() throws {
        guard let pause, (Duration.milliseconds(100)...Duration.seconds(3600)).contains(pause) else {
            throw ValidationError("--interval is \(interval); write 500ms, 2s or 1m; it goes from 100ms to 1h.")
        }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ValidationError("--url is \(url); write it as http://127.0.0.1:8080.")
        }
    }

    func run() async throws {
        let time = TimeSource.system(wall: WallClock.now)
        let transport = HTTPTransport()
        defer { transport.shutdown() }
        let source = TopSource(address: url, key: try key(), transport: transport, time: time)
        // Asked before anything is drawn: what is wrong is said on an untouched terminal.
        let first = try await source.read(calls: 10)
        guard !once, let screen = TopScreen() else { return try await printOnce(source, after: first, time) }
        defer { screen.leave() }
        try await watch(source, first, on: screen, time)
    }

    private func key() throws -> String? {
        guard let keyEnv else { return nil }
        guard let key = ProcessInfo.processInfo.environment[keyEnv], !key.isEmpty else {
            throw Fault(.invalidRequest, "--key-env", "the variable \(keyEnv) is not set", hint: "export \(keyEnv)=…")
        }
        return key
    }

    private func printOnce(_ source: TopSource, after first: TopReading, _ time: TimeSource) async throws {
        try await time.sleep(for: pause ?? .seconds(2))
        let second = try await source.read(calls: 10)
        let view = TopView(address: source.address, before: first, after: second, now: time.timestamp())
        Output.lines(view.lines(columns: 80).map(\.text))
    }

    private func watch(
        _ source: TopSource, _ first: TopReading, on screen: TopScreen, _ time: TimeSource
    ) async throws {
        let isStopped = StopMark()
        let signals = Task.detached {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) { isStopped.set() }
        }
        defer { signals.cancel() }
        var readings = [first]
        while !isStopped.isSet {
            let size = screen.size
            // The service, its experts and their headings leave this much for calls.
            let room = size.rows - readings[readings.count - 1].health.experts.count - 10
            do {
                readings.append(try await source.read(calls: min(1000, max(1, room))))
                let newest = readings[readings.count - 1].at.offset
                readings.removeAll { newest - $0.at.offset > Self.window + (pause ?? .zero) }
                let view = TopView(
                    address: source.address, before: readings[0], after: readings[readings.count - 1],
                    now: time.timestamp())
                screen.draw(view.lines(columns: size.columns))
            } catch let fault as Fault {
                screen.draw([
                    TopView.Line(text: "muster top   \(source.address)", kind: .heading),
                    TopView.Line(text: String(fault.sentence.prefix(size.columns)), kind: .alarm),
                    TopView.Line(text: "It is tried again every \(interval); q ends."),
                ])
            }
            if isEnded(screen, isStopped, time) { return }
        }
    }

    /// Waits for the next look; true if a key or a signal ends the view first.
    private func isEnded(_ screen: TopScreen, _ isStopped: StopMark, _ time: TimeSource) -> Bool {
        let began = time.now()
        while time.now().offset - began.offset < pause ?? .seconds(2) {
            if isStopped.isSet || screen.isEnded(within: 50) { return true }
        }
        return false
    }

    /// Whether a signal has asked for the end.
    private final class StopMark: Sendable {
        private let state = Atomic(false)

        var isSet: Bool { state.load(ordering: .relaxed) }
        func set() { state.store(true, ordering: .relaxed) }
    }
}
