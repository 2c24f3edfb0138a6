import Core
import Experts
import Foundation
import Support
import Transport

/// A folder of tiny models that is gone when the test is, and experts that run them.
final class LocalFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("muster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The machine's own clock: the models work for real.
    static let time = TimeSource.system(wall: { ManualTime.start })

    /// A factory whose models compute on one thread.
    static func factory(
        _ engine: LocalEngineSettings = LocalEngineSettings(threads: 1), time: TimeSource = LocalFolder.time,
        seed: UInt64 = 1
    ) -> ExpertFactory {
        ExpertFactory(transport: Sample.transport, skills: [], engine: engine, time: time, seed: seed)
    }

    /// Where a file of this folder is.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// A spec for a tiny model that is written here.
    func spec(_ id: ExpertID = "math", _ model: TinyModelFile = TinyModelFile()) throws -> ExpertSpec {
        var spec = Sample.spec(.local)
        spec.card.id = id
        spec.card.model = path("\(id).gguf")
        try model.write(to: spec.card.model)
        return spec
    }

    /// An expert that runs a tiny model.
    func expert(_ model: TinyModelFile = TinyModelFile()) throws -> any Expert {
        Self.factory().make(try spec("math", model))
    }
}

extension Question {
    /// A question whose answer takes so many tokens: ending it earlier is ruled out.
    static func long(_ text: String, _ tokens: Int?, seed: Int? = 7, stop: [String] = []) -> Question {
        Question(
            messages: [Message(.user, text)],
            sampling: Sampling(maximumTokens: tokens, seed: seed, stop: stop),
            extra: ["logit_bias": .object(["\(TinyModelFile.end)": .integer(-100)])])
    }
}
