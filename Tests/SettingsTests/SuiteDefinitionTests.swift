import Core
import Foundation
import Settings
import Testing

struct SuiteDefinitionTests {
    private static let folder: String = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Suites").path

    private func problems(_ text: String) -> [String] {
        SuiteDefinition(text: text, stem: "x", name: "x.yaml").problems.map(\.sentence)
    }

    private let least = """
        name: x
        licence: CC0-1.0
        fields: {answer: gold}
        strict: {kind: meaning}

        """

    @Test func theSmallestSuiteIsRead() throws {
        let definition = SuiteDefinition(text: least, stem: "x", name: "x.yaml")
        #expect(definition.problems.isEmpty)
        let spec = try #require(definition.spec)
        #expect((spec.name, spec.prompt, spec.maximumTokens) == ("x", "{question}", 512))
        #expect(spec.fields.answer == "gold")
        #expect((spec.strict.kind, spec.flexible.kind, spec.metric.kind) == (.meaning, .meaning, .exact))
    }

    @Test func everySuiteOfOursIsReadWithoutAProblem() throws {
        let shelf = SuiteShelf(folders: [Self.folder])
        #expect(shelf.problems.isEmpty, "\(shelf.problems)")
        let names = Set(shelf.suites.map(\.name))
        for name in [
            "gsm8k", "gsm8k-zero-shot", "gsm8k-cot", "mmlu-pro", "mmlu-pro-direct", "medmcqa", "aime-2024",
            "strategyqa",
            "arc-challenge", "arc-easy", "humaneval", "mbpp", "mt-bench", "mt-bench-pairs", "arena-hard", "skill-mix",
        ] { #expect(names.contains(name), "\(name)") }
        for suite in shelf.suites {
            #expect(!suite.summary.isEmpty && !suite.home.isEmpty, "\(suite.name)")
            #expect(suite.metric.kind == .skills || suite.parts.contains { $0.purpose == .test }, "\(suite.name)")
        }
        #expect(try shelf.named("gsm8k-cot").examples.count == 8)
        #expect(try shelf.named("gsm8k-zero-shot").examples.isEmpty)
    }

    @Test func whatIsWrongIsNamedWithItsLineAndTheNearestName() {
        #expect(problems(least + "promt: hello\n").first?.contains("Did you mean prompt?") == true)
        #expect(problems(least + "promt: hello\n").first?.hasPrefix("x.yaml:5") == true)
        #expect(problems("name: y\nlicence: MIT\nfields: {answer: a}\n").first?.contains("the name is y") == true)
        #expect(problems("name: x\nfields: {answer: a}\n").first?.contains("licence is missing") == true)
        #expect(
            problems("name: x\nlicence: MIT\n").contains { $0.contains("no field holds the answer") })
        #expect(problems(least.replacing("meaning", with: "meanin")).first?.contains("Did you mean meaning?") == true)
    }

    @Test func partsAreCheckedBeforeAnythingIsFetched() {
        func part(_ text: String) -> [String] { problems(least + "parts: {test: {\(text)}}\n") }
        #expect(part("url: 'https://x.org/a.jsonl'").isEmpty)
        #expect(part("url: 'ftp://x.org/a.jsonl'").first?.contains("is no address of the web") == true)
        #expect(part("url: 'https://x.org/a', sha256: abc, bytes: 3").first?.contains("is no SHA-256") == true)
        #expect(part("url: 'https://x.org/a', bytes: 3").first?.contains("sha256 and bytes go together") == true)
        #expect(
            part("url: 'https://x.org/a', file: '../../etc/passwd'").first?.contains("is no name of a file") == true)
    }

    @Test func aMissingSuiteIsNamedWithTheNearest() {
        let fault = #expect(throws: Fault.self) { try SuiteShelf(folders: [Self.folder]).named("gsm8") }
        #expect(fault?.expected == "Did you mean gsm8k?")
    }

    @Test func anEarlierFolderHidesALaterOne() throws {
        let own = NSTemporaryDirectory() + "muster-suites-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: own) }
        try Data(least.replacing("name: x", with: "name: gsm8k").utf8)
            .write(to: URL(fileURLWithPath: own + "/gsm8k.yaml"))
        try Data("name: [".utf8).write(to: URL(fileURLWithPath: own + "/broken.yaml"))
        let shelf = SuiteShelf(folders: [own, Self.folder])
        #expect(try shelf.named("gsm8k").licence == "CC0-1.0")
        #expect(throws: Fault.self) { try shelf.named("broken") }
        #expect(try shelf.named("medmcqa").name == "medmcqa")
    }
}
