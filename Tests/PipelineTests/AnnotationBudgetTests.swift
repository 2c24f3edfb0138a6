import Core
import Pipeline
import Routing
import Support
import Synchronization
import Testing

/// What finding out the need of a question may take: it is part of the question.
struct AnnotationBudgetTests {
    private static let usage = Usage(promptTokens: 4, completionTokens: 1)

    private static func says(_ text: String) -> FakeExpert.Reply {
        FakeExpert.Reply(pieces: [.text(text), .usage(usage), .finish(.stop)])
    }

    private func shop(_ annotating: FakeExpert, _ answering: FakeExpert, retries: Int? = nil) -> Workshop {
        let time = ManualTime()
        var route = Workshop.everybody(["a"])
        route.retries = retries
        return Workshop(
            [answering], routes: [route], time: time,
            annotator: ExpertAnnotator(
                expert: PatientExpert(annotating, role: .annotation, time: time.source, seed: 1), examples: [],
                time: time.source))
    }

    @Test func anAnnotatorThatFailsIsTriedNoMoreOftenThanTheQuestionAllows() async throws {
        let fault = Fault(.expertFailed, "w", "fell over")
        // Five passes, and what the whole question may try again: its own number, else as many as the card says.
        for (wished, routes, calls) in [(0, nil, 5), (1, nil, 6), (nil, 0, 5), (nil, nil, 7)] as [(Int?, Int?, Int)] {
            let annotating = FakeExpert("w", retries: 2, replies: [.fails(fault)])
            let shop = shop(annotating, FakeExpert("a", replies: [.says("four")]), retries: routes)
            let (answer, trace) = try await shop.pipeline.answer(
                Question("Please solve for x"), model: "auto", wishes: Wishes(retries: wished))
            #expect(answer.text == "four" && trace.need.annotator == "lexical")
            #expect(annotating.questions.count == calls)
            #expect(trace.attempts.count { $0.role == .annotation } == calls)
        }
    }

    @Test func annotationLeavesTheLastCallToTheAnswer() async throws {
        for (budget, annotations) in [(1, 0), (3, 2), (6, 5)] {
            let annotating = FakeExpert("w", replies: [Self.says("Keywords: algebra")])
            let answering = FakeExpert("a", replies: [Self.says("four")])
            let shop = shop(annotating, answering)
            let (answer, trace) = try await shop.pipeline.answer(
                Question("Please solve for x"), model: "auto", wishes: Wishes(budget: Budget(calls: budget)))
            #expect(answer.text == "four")
            #expect(annotating.questions.count == annotations && answering.questions.count == 1)
            #expect(trace.attempts.count(where: \.isCall) <= budget)
            // A few passes are no annotation: the words are used, and what was asked is to be paid all the same.
            #expect((trace.need.annotator == "lexical") == (annotations < 5))
            #expect(trace.usage.totalTokens == 5 * (annotations + 1))
            #expect(trace.notes.isEmpty == (annotations == 5))
        }
    }

    @Test func theTimeOfTheQuestionEndsItsAnnotation() async throws {
        let time = ManualTime(.waits)
        let answering = FakeExpert("a", replies: [.says("four")])
        let shop = Workshop(
            [answering], routes: [Workshop.everybody(["a"], budget: Budget(time: .seconds(1)))], time: time,
            annotator: SilentAnnotator(time: time.source))
        let asked = Task { try await shop.pipeline.answer(Question("Please solve for x"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(1))
        let fault = await #expect(throws: Fault.self) { try await asked.value }
        #expect(fault?.code == .overBudget)
        #expect(time.passed == .seconds(1) && time.sleeperCount == 0)
    }

    @Test func whatAQuestionWaitedBeforeItWasAskedIsPartOfItsTime() async throws {
        for (waited, isAsked) in [(0.5, true), (1, false)] {
            let time = ManualTime(.waits)
            let answering = FakeExpert("a", replies: [.says("four")])
            let shop = Workshop([answering], routes: [Workshop.everybody(["a"])], time: time)
            let arrived = time.source.now()
            time.advance(by: .seconds(waited))
            let asked = Task {
                try await QuestionArrival.$current.withValue(arrived) {
                    try await shop.pipeline.answer(
                        Question("?"), model: "auto", wishes: Wishes(budget: Budget(time: .seconds(1))))
                }
            }
            let outcome = await asked.result
            #expect((try? outcome.get().answer.text) == (isAsked ? "four" : nil))
            #expect(answering.questions.count == (isAsked ? 1 : 0))
            #expect(shop.traces.all.map(\.seconds) == [waited])
        }
    }

    @Test func theTimeOfTheQuestionEndsItsEmbedding() async throws {
        let time = ManualTime(.waits)
        var parts = Workshop.parts(
            [FakeExpert("a", replies: [.says("four")])],
            routes: [Workshop.everybody(["a"], budget: Budget(time: .seconds(1)))], traces: TraceShelf(), time: time,
            annotator: StrangeAnnotator())
        parts.profiles = ProfileShelf(
            skills: Workshop.skills, marks: [], unknown: .nearest, embedder: SilentEmbedder(time: time.source))
        let pipeline = AnswerPipeline(parts)
        let asked = Task { try await pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(1))
        let fault = await #expect(throws: Fault.self) { try await asked.value }
        #expect(fault?.code == .overBudget && time.sleeperCount == 0)
    }
}

/// Never has done.
private struct SilentAnnotator: SkillAnnotator {
    let name = "silent"
    let time: TimeSource

    func annotate(_ question: Question) async throws -> Annotation {
        try await time.sleep(for: .seconds(3_600))
        return Annotation(keywords: [], passes: 1)
    }
}

/// Names what no skill is called.
private struct StrangeAnnotator: SkillAnnotator {
    let name = "strange"

    func annotate(_ question: Question) async throws -> Annotation {
        Annotation(keywords: [.init(text: "alchemy", score: 1, count: 5)], passes: 5)
    }
}

/// Never has done.
private struct SilentEmbedder: Embedder {
    let name = "silent"
    let time: TimeSource

    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await time.sleep(for: .seconds(3_600))
        return texts.map { _ in [1] }
    }
}
