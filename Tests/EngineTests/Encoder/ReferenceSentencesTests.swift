import Engine
import Foundation
import Testing

/// Sentences with the vectors that another program gave them, in the folder that the environment variable
/// MUSTER_SENTENCES names: a model's files, and `sentences.json` with `sentences` and `vectors`.
struct ReferenceSentencesTests {
    private static let folder = ProcessInfo.processInfo.environment["MUSTER_SENTENCES"]

    private struct Reference: Decodable {
        let sentences: [String]
        let vectors: [[Double]]
    }

    @Test(.enabled(if: folder != nil, "MUSTER_SENTENCES names no folder"))
    func everySentenceHasTheVectorOfTheReference() throws {
        let folder = try #require(Self.folder)
        let text = try Data(contentsOf: URL(filePath: folder).appending(path: "sentences.json"))
        let reference = try JSONDecoder().decode(Reference.self, from: text)
        let vectors = try SentenceEncoder(readingFolder: folder, threads: 2).encode(reference.sentences)
        #expect(!vectors.isEmpty && vectors.count == reference.vectors.count)
        for (index, (found, exact)) in zip(vectors, reference.vectors).enumerated() {
            let length = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let cosine = zip(found, exact).reduce(0) { $0 + Double($1.0) * $1.1 } / length
            #expect(cosine > 0.9999, "sentence \(index)")
        }
    }
}
