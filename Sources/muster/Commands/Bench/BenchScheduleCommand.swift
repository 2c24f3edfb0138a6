import ArgumentParser
import Bench

/// `muster bench schedule`: what grouping by expert is worth at any scale.
struct BenchScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Simulate a run on devices that hold one model at a time; nobody is asked.",
        discussion: """
            Compares asking question by question with loading each expert once (arXiv:2503.05641, step G), on one device \
            and on several. The usual times are chosen so that one device takes about as long as the paper says, 197 and 26 \
            seconds a question. With --json: {experts, questions, seats, load, alone, batched, seed, orders: [{order, \
            devices, loads, seconds, loading_share}]}, in seconds.
            """)

    @Option(help: "How many experts there are; the n-th is recruited 1/n as often as the first.")
    var experts = 16

    @Option(help: "How many questions there are.")
    var questions = 2_100

    @Option(help: "Experts recruited for a question.")
    var seats = 3

    @Option(parsing: .upToNextOption, help: "Numbers of devices. (default: 1 4)")
    var devices: [Int] = []

    @Option(help: "Seconds that loading a model takes.")
    var load = 40.0

    @Option(help: "Seconds an answer takes alone.")
    var alone = 25.0

    @Option(help: "Seconds an answer adds to a batch.")
    var batched = 8.4

    @Option(help: "Draws the same experts again.")
    var seed: UInt64 = 0

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    private struct Report: Encodable {
        var experts: Int
        var questions: Int
        var seats: Int
        var load: Double
        var alone: Double
        var batched: Double
        var seed: UInt64
        var orders: [ScheduleSimulation.Outcome]
    }

    func validate() throws {
        for (name, value, most) in [
            ("experts", experts, 1_000), ("questions", questions, 100_000), ("seats", seats, 64),
        ]
        where !(1...most).contains(value) {
            throw ValidationError("--\(name) is \(value); it goes from 1 to \(most).")
        }
        for (name, value) in [("load", load), ("alone", alone), ("batched", batched)]
        where !(0...100_000).contains(value) {
            throw ValidationError("--\(name) is \(value); it goes from 0 to 100000.")
        }
        for count in devices where !(1...1_000).contains(count) {
            throw ValidationError("--devices is \(count); it goes from 1 to 1000.")
        }
    }

    func run() throws {
        let simulation = ScheduleSimulation(
            .init(
                experts: experts, questions: questions, seats: seats, load: load, alone: alone, batched: batched,
                seed: seed))
        let counts = devices.isEmpty ? [1, 4] : devices
        let orders = counts.flatMap { [simulation.arrival(devices: $0), simulation.grouped(devices: $0)] }
        if json {
            return try Output.json(
                Report(
                    experts: experts, questions: questions, seats: seats, load: load, alone: alone, batched: batched,
                    seed: seed, orders: orders))
        }
        Output.line(
            "\(questions) questions, \(seats) of \(experts) experts each; a load takes \(load.asDuration), an answer "
                + "\(alone.asDuration) alone and \(batched.decimals(2)) s more in a batch")
        var table = TextTable(
            ["order", "devices", "loads", "seconds", "a question", "loading", "gain"],
            sides: [.left] + Array(repeating: .right, count: 6))
        for outcome in orders {
            let slow = orders.first { $0.order == "arrival" && $0.devices == outcome.devices }?.seconds ?? 0
            table.add([
                outcome.order, "\(outcome.devices)", "\(outcome.loads)", outcome.seconds.decimals(0),
                "\((outcome.seconds / Double(questions)).decimals(2)) s",
                "\((outcome.loadingShare * 100).decimals(1)) %", "\((slow / max(outcome.seconds, 1e-9)).decimals(1))×",
            ])
        }
        Output.lines(table.lines)
    }
}
