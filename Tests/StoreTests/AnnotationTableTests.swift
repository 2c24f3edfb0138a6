import Core
import Store
import Testing

struct AnnotationTableTests {
    private let question = Fingerprint(of: "What is 3 + 4?")

    @Test func givesBackWhatAnAnnotatorFound() async throws {
        let store = try Samples.store()
        let kept = Annotation(
            keywords: [.init(text: Samples.hardText, score: 0.2, count: 3)], passes: 5,
            usage: Usage(promptTokens: 9, completionTokens: 2, cachedTokens: 1, estimated: true), calls: 5)
        try await store.keep(kept, of: question, by: "lexical")
        #expect(try await store.annotation(of: question, by: "lexical") == kept)
    }

    @Test func tellsAnnotatorsAndQuestionsApart() async throws {
        let store = try Samples.store()
        try await store.keep(Annotation(keywords: []), of: question, by: "lexical")
        #expect(try await store.annotation(of: question, by: "a") == nil)
        #expect(try await store.annotation(of: Fingerprint(of: "other"), by: "lexical") == nil)
    }

    @Test func replacesAnEarlierAnnotation() async throws {
        let store = try Samples.store()
        try await store.keep(Annotation(keywords: [], passes: 1), of: question, by: "a")
        try await store.keep(Annotation(keywords: [], passes: 2), of: question, by: "a")
        #expect(try await store.annotation(of: question, by: "a")?.passes == 2)
    }

    @Test func refusesMoreThanARowMayHold() async throws {
        let store = try Samples.store()
        let text = String(repeating: "x", count: 64 * 1024 * 1024)
        let found = await fault {
            try await store.keep(Annotation(keywords: [.init(text: text, score: 1)]), of: question, by: "a")
        }
        #expect(found?.code == .tooLarge)
        #expect(found?.expected == "At most 67108864 are kept")
    }
}
