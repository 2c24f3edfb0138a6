import Bench
import Core
import Foundation
import Support

/// Small files of recorded outcomes, made by the tests.
struct RecordedSample {
    /// A folder that is removed with the last copy of the sample.
    private final class Place: Sendable {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/muster-replay-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private let place: Place

    var folder: String { place.path }

    init() throws { place = try Place() }

    /// Writes the lines and reads them as `muster replay` does.
    func read(_ lines: [String], name: String = "sample.jsonl") async throws -> RecordedOutcomes {
        try await read(files: [try write(lines, name: name)])
    }

    func write(_ lines: [String], name: String = "sample.jsonl") throws -> String {
        let path = folder + "/" + name
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func read(files: [String]) async throws -> RecordedOutcomes {
        try await OutcomeReading(embedder: LetterEmbedder(), skills: [], vectorFolder: folder + "/vectors").read(files)
    }

    /// `count` questions about numbers and animals: `odd` knows the numbers, `even` the animals, `half` every second of
    /// both.
    static func lines(_ count: Int, seed: UInt64 = 1) -> [String] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { index in
            let isNumber = index.isMultiple(of: 2)
            let text = isNumber ? "add \(random.below(1000)) 77" : "zebra quokka \(random.below(1000))"
            let scores = isNumber ? [1, 0] : [0, 1]
            let half = index % 4 < 2 ? 1 : 0
            let answer = { (score: Int) in score == 1 ? "A" : "B" }
            return """
                {"id":"q\(index)","category":"\(isNumber ? "numbers" : "animals")","question":"\(text) #\(index)",\
                "choices":["yes","no","maybe"],"gold":"A","split":"\(index % 5 == 0 ? "test" : "train")","outcomes":{\
                "odd":{"score":\(scores[0]),"answer":"\(answer(scores[0]))","usd":0.001},\
                "even":{"score":\(scores[1]),"answer":"\(answer(scores[1]))","usd":0.002},\
                "half":{"score":\(half),"answer":"\(answer(half))","usd":0.004}}}
                """
        }
    }
}

/// Counts letters: texts of the same words are near.
struct LetterEmbedder: Embedder {
    let name = "letters-1"

    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var counts = [Float](repeating: 0.01, count: 27)
            for byte in text.lowercased().utf8 where (0x61...0x7A).contains(byte) { counts[Int(byte) - 0x61] += 1 }
            let length = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return counts.map { $0 / length }
        }
    }
}
