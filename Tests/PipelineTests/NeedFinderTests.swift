import Core
import Pipeline
import Routing
import Synchronization
import Testing

/// Annotates as a test says, and counts.
private final class CountingAnnotator: SkillAnnotator {
    let name = "expert/5x0.7"
    private let outcome: Result<Annotation, Fault>
    private let count = Mutex(0)

    var calls: Int { count.withLock { $0 } }

    init(_ outcome: Result<Annotation, Fault>) { self.outcome = outcome }

    func annotate(_ question: Question) async throws -> Annotation {
        count.withLock { $0 += 1 }
        return try outcome.get()
    }
}

/// Keeps annotations in memory.
private final class AnnotationShelf: AnnotationStore {
    private let kept = Mutex<[String: Annotation]>([:])

    func annotation(of question: Fingerprint, by annotator: String) async throws -> Annotation? {
        kept.withLock { $0[question.hex + annotator] }
    }
    func keep(_ annotation: Annotation, of question: Fingerprint, by annotator: String) async throws {
        kept.withLock { $0[question.hex + annotator] = annotation }
    }
}

struct NeedFinderTests {
    private let matcher = SkillMatcher(
        skills: Workshop.skills, vocabulary: [], unknown: .ignore, embedder: NoEmbedder())
    private let lexical = LexicalAnnotator(skills: Workshop.skills, floor: 0.5)

    private func annotation(_ counts: (String, Int)...) -> Annotation {
        Annotation(
            keywords: counts.map { .init(text: $0.0, score: Double($0.1) / 5, count: $0.1) }, passes: 5,
            usage: Usage(promptTokens: 100, completionTokens: 20), dollars: 0.5, calls: 5)
    }

    @Test func nobodyIsAskedTwiceAboutOneQuestion() async throws {
        let annotator = CountingAnnotator(.success(annotation(("algebra", 4), ("law", 1))))
        let finder = NeedFinder(annotator: annotator, substitute: lexical, kept: AnnotationShelf())
        let first = try await finder.need(of: Question("?"), matcher: matcher)
        let second = try await finder.need(of: Question("?"), matcher: matcher)
        #expect(annotator.calls == 1)
        #expect(first.need == second.need)
        #expect(first.need.skills == ["algebra"])
        #expect(first.calls == 5)
        #expect(first.dollars == 0.5)
        #expect(second.calls == 0)
        #expect(second.dollars == 0)
    }

    @Test func whenTheAnnotatorIsAwayTheWordsAreUsed() async throws {
        let annotator = CountingAnnotator(.failure(Fault(.expertUnreachable, "expert", "nobody answers")))
        let finder = NeedFinder(annotator: annotator, substitute: lexical, kept: AnnotationShelf())
        let found = try await finder.need(of: Question("Please solve for x"), matcher: matcher)
        #expect(found.need.skills == ["algebra"])
        #expect(found.need.annotator == "lexical")
        #expect(
            found.note
                == "annotator expert/5x0.7 failed, the words were used instead: expert: nobody answers.")
    }
}
