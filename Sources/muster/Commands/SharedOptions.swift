import ArgumentParser
import Core

/// Which configuration a command uses.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "The configuration. Without it ./config.yaml is read; where there is none, scripted experts take part.")
    var config: String?

    @Flag(help: "Scripted experts, whatever is configured: no key, no model, no network.")
    var demo = false

    /// Where the configuration comes from.
    var source: ConfigurationSource { demo ? .demonstration : ConfigurationSource(config) }

    func validate() throws {
        if demo, config != nil { throw ValidationError("--demo brings its own configuration: leave out --config.") }
    }
}

/// Options that every command with a result takes.
struct SharedOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    /// Where the configuration comes from.
    var source: ConfigurationSource { configuration.source }
}

/// Options of commands that decide something by chance.
struct ChanceOptions: ParsableArguments {
    @Option(help: "Repeats a draw; a new one each time if left out. It is shown with every decision.")
    var seed: UInt64?

    @Option(help: "How many experts are recruited; the route decides if left out.")
    var seats: Int?

    /// What JSON can hold without rounding.
    private static let largestSeed: UInt64 = (1 << 53) - 1

    var wishes: Wishes { Wishes(seed: seed, seats: seats) }

    func validate() throws {
        if let seed, seed > Self.largestSeed {
            throw ValidationError("--seed is \(seed); it goes to \(Self.largestSeed).")
        }
        if let seats, !(1...64).contains(seats) { throw ValidationError("--seats is \(seats); it goes from 1 to 64.") }
    }
}
