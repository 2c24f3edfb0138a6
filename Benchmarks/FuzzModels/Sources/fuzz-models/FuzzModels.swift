import Engine
import Foundation
import Kernels
import Support

/// Feeds damaged model files to the engine: each must be refused or run, and none may end the process or take long.
///
///     fuzz-models --seed S --flips N --folder PATH --progress FILE [--from N | --case N]
///
/// Cases are numbered: first the sound files, then three of them cut at every 64th byte, then random damage. After each
/// case the number of the next one and the counts so far are in the progress file.
@main
enum FuzzModels {
    static func main() async throws {
        let options = try FuzzOptions(CommandLine.arguments.dropFirst())
        guard let team = ThreadTeam(threads: 2) else { throw FuzzFault("the system gives no threads") }
        let samples = SampleModel.all
        let corpus = Corpus(samples, seed: options.seed, flips: options.flips)
        let cases = options.only.map { $0..<$0 + 1 } ?? min(options.from, corpus.count)..<corpus.count
        let watch = CaseWatch(file: options.progress)
        let trial = FileTrial(team: team)
        let path = options.folder + "/model.gguf"
        for index in cases {
            watch.begin(index)
            let file = corpus.file(index)
            if options.only != nil { print("case \(index): \(file.story)") }
            // A file of its own each time: the generator's thread may still hold the mapping of the last one.
            try? FileManager.default.removeItem(atPath: path)
            try Data(file.bytes).write(to: URL(filePath: path))
            let outcome = await trial.run(path, variant: index)
            watch.end(index, outcome)
            guard index >= samples.count || outcome == .answered else {
                throw FuzzFault("the sound file \(file.story) was not run: \(outcome)")
            }
            if options.only != nil { print("case \(index): \(outcome)") }
        }
        watch.finish(at: cases.upperBound)
    }
}

/// Why the corpus could not be run.
struct FuzzFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
