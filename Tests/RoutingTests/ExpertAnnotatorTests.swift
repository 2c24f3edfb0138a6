import Core
import Routing
import Support
import Testing

struct ExpertAnnotatorTests {
    private let time = ManualTime()

    private func annotator(_ expert: FakeExpert, passes: Int = 5, examples: [String] = ["algebra"]) -> ExpertAnnotator {
        ExpertAnnotator(expert: expert, passes: passes, examples: examples, time: time.source)
    }

    @Test func asksFiveTimesWithADifferentSeedEachAtTemperaturePointSeven() async throws {
        let expert = FakeExpert { _, _ in .says("\(KeywordReply.mark) algebra, geometry") }
        let found = try await annotator(expert).annotate(Question("2x = 4?"))
        #expect(found.passes == 5 && found.calls == 5)
        #expect(Set(expert.questions.map(\.sampling.seed)) == [0, 1, 2, 3, 4])
        #expect(expert.questions.allSatisfy { $0.sampling.temperature == 0.7 })
    }

    /// Three passes: algebra in all, geometry in two, trivia in one.
    @Test func countsHowManyPassesNameAKeyword() async throws {
        let replies = ["algebra, geometry", "algebra, trivia", "geometry, algebra"]
        let expert = FakeExpert { question, _ in .says("\(KeywordReply.mark) \(replies[question.sampling.seed ?? 0])") }
        let found = try await annotator(expert, passes: 3).annotate(Question("?"))
        #expect(found.keywords.map(\.text) == ["algebra", "geometry", "trivia"])
        #expect(found.keywords.map(\.count) == [3, 2, 1])
    }

    @Test func showsTheQuestionAndTheExamplesAndAsksForNoAnswer() async throws {
        let expert = FakeExpert { _, _ in .says("\(KeywordReply.mark) law") }
        _ = try await annotator(expert, passes: 1, examples: ["contract law", "sql"]).annotate(Question("Is it void?"))
        let text = try #require(expert.questions.first?.text)
        for words in ["Is it void?", "contract law, sql", "Do not answer the question"] {
            #expect(text.contains(words))
        }
    }

    @Test func oneGoodPassIsEnough() async throws {
        let expert = FakeExpert { question, _ in
            question.sampling.seed == 2
                ? .says("\(KeywordReply.mark) algebra") : .fails(Fault(.expertTimedOut, "a", "took too long"))
        }
        #expect(try await annotator(expert).annotate(Question("?")).keywords.map(\.text) == ["algebra"])
    }

    @Test func whenEveryPassFailsTheFaultIsPassedOn() async {
        let expert = FakeExpert(replies: [.fails(Fault(.expertTimedOut, "a", "took too long"))])
        let fault = await #expect(throws: Fault.self) { try await annotator(expert).annotate(Question("?")) }
        #expect(fault?.code == .expertTimedOut)
    }

    @Test func itsNameChangesWithWhateverChangesItsWords() {
        let expert = FakeExpert(replies: [])
        let names = [annotator(expert), annotator(expert, passes: 3), annotator(expert, examples: ["sql"])].map(\.name)
        #expect(Set(names).count == 3)
    }
}
