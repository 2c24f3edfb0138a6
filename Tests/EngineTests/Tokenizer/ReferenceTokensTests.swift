import Engine
import Foundation
import Testing

/// Compares with the ids another program gives. `MUSTER_TOKENIZER_CASES` names a folder with one folder for each
/// vocabulary, in it `vocabulary.json` (tokens, merges or scores, types, pre) and `cases.json` (text, asText, asTokens).
struct ReferenceTokensTests {
    private struct Listed: Decodable {
        let tokens: [String]
        let merges: [String]
        let types: [Int]
        let scores: [Float]?
    }

    private struct Cases: Decodable {
        struct Case: Decodable {
            let text: String
            let asText: [Int]
            let asTokens: [Int]
        }

        let preTokenizer: String
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
        func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
            try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: folder + "/" + name)))
        }
        let listed = try read(Listed.self, "vocabulary.json")
        let cases = try read(Cases.self, "cases.json")
        #expect(cases.cases.count >= 500)
        let tokenizer: any Tokenizer =
            if let scores = listed.scores {
                try PieceTokenizer(tokens: listed.tokens, scores: scores, tokenTypes: listed.types)
            } else {
                try BytePairTokenizer(
                    tokens: listed.tokens, merges: listed.merges, tokenTypes: listed.types,
                    preTokenizer: PreTokenizer(named: cases.preTokenizer))
            }
        for one in cases.cases {
            let ids = tokenizer.encode(one.text, marks: .asText)
            #expect(ids == one.asText, "\(one.text.debugDescription)")
            #expect(tokenizer.encode(one.text, marks: .asTokens) == one.asTokens, "\(one.text.debugDescription)")
            if listed.scores == nil { #expect(tokenizer.decode(ids) == Array(one.text.utf8)) }
        }
    }

    @Test(.enabled(if: root != nil))
    func findsFoldersToCompareWith() {
        #expect(!Self.folders.isEmpty)
    }
}
