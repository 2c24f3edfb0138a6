import Engine
import Foundation
import Testing

/// Compares with the ids llama.cpp gives. `MUSTER_TOKENIZER_CASES` names a folder with one folder for each model, in it
/// `model.gguf`, of which only the vocabulary is read, and `cases.json`, which `Tests/Fixtures/tokenizer_cases.py` makes.
struct ReferenceTokensTests {
    private struct Cases: Decodable {
        struct Case: Decodable {
            let text: String
            let asText: [Int]
            let asTokens: [Int]
            let asPrompt: [Int]
        }

        let cases: [Case]
    }

    private static let root = ProcessInfo.processInfo.environment["MUSTER_TOKENIZER_CASES"]

    private static var folders: [String] {
        guard let root else { return [] }
        return ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted()
            .map { root + "/" + $0 }
            .filter { FileManager.default.fileExists(atPath: $0 + "/cases.json") }
    }

    @Test(.enabled(if: root != nil), arguments: folders)
    func givesTheIdsOfTheReference(folder: String) throws {
        let codec = try TextCodec(GGUFFile(readingFileAt: folder + "/model.gguf").metadata)
        let cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: URL(filePath: folder + "/cases.json")))
        #expect(cases.cases.count >= 2000)
        for one in cases.cases {
            let ids = codec.tokenizer.encode(one.text, marks: .asText)
            #expect(ids == one.asText, "\(one.text.debugDescription)")
            #expect(codec.tokenizer.encode(one.text, marks: .asTokens) == one.asTokens, "\(one.text.debugDescription)")
            #expect(codec.encodePrompt(one.text, marks: .asTokens) == once(one.asPrompt, codec), "\(one.text)")
            // A space mark in a text comes back as a space.
            if codec.tokenizer is BytePairTokenizer || !one.text.unicodeScalars.contains("\u{2581}") {
                #expect(codec.tokenizer.decode(ids) == Array(one.text.utf8), "\(one.text.debugDescription)")
            }
        }
    }

    /// llama.cpp adds the beginning and the end also where the text has them already, and warns.
    private func once(_ ids: [Int], _ codec: TextCodec) -> [Int] {
        var ids = ids
        if codec.addsBeginning, let mark = codec.beginning, ids.starts(with: [mark, mark]) { ids.removeFirst() }
        if codec.addsEnding, let mark = codec.ending, ids.suffix(2) == [mark, mark] { ids.removeLast() }
        return ids
    }

    @Test(.enabled(if: root != nil))
    func findsFoldersToCompareWith() {
        #expect(!Self.folders.isEmpty)
    }
}
