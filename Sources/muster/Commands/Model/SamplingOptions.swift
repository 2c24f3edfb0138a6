import ArgumentParser
import Core
import Engine

/// How tokens are chosen.
struct SamplingOptions: ParsableArguments {
    @Flag(help: "Always take the best token; the same as --temperature 0.")
    var greedy = false

    @Option(help: "Below 1 sharpens, above 1 flattens, 0 takes the best.")
    var temperature = 0.8

    @Option(help: "Choose among this many best tokens.")
    var topK: Int?

    @Option(help: "Choose among the best tokens that hold this share together.")
    var topP = 1.0

    @Option(help: "Choose among tokens at least this fraction as likely as the best.")
    var minP = 0.0

    @Option(help: "Above 1 discourages what came lately.")
    var repeatPenalty = 1.0

    @Option(help: "Repeats the draws; 0 if left out.")
    var seed: UInt64?

    var chosenSeed: UInt64 { seed ?? 0 }

    /// The settings. Throws `Fault`.
    func settings() throws -> SamplingSettings {
        do {
            return try SamplingSettings(
                temperature: greedy ? 0 : temperature, topK: topK, topP: topP, minP: minP,
                repetitionPenalty: repeatPenalty)
        } catch {
            throw Fault(.invalidRequest, "sampling", "\(error)", hint: "muster model generate --help shows the ranges")
        }
    }
}
