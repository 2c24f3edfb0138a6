import Core
import Pipeline
import Support
import Testing

struct CachedAnswersTests {
    /// A cached pipeline over one expert that numbers its answers.
    private struct Setting {
        let expert = FakeExpert("a") { _, call in .says("answer \(call)") }
        let shop: Workshop
        let cached: CachedAnswers

        init(capacity: Int = 1 << 20, keeping: Duration = .seconds(60)) {
            shop = Workshop([expert], routes: [Workshop.everybody(["a"])])
            let traces = shop.traces
            cached = CachedAnswers(
                shop.pipeline, life: keeping, capacity: capacity, time: shop.time.source,
                newTraceID: { "fresh" }, keep: { traces.keep($0) })
        }

        func ask(_ text: String = "?", _ delivery: Delivery = .whole, wishes: Wishes = Wishes()) async throws -> String {
            let flow = try await cached.answer(Question(text), model: "auto", wishes: wishes, delivery: delivery)
            return try await flow.settled().answer.text
        }
    }

    @Test func theSameRequestGetsTheSameAnswerOnce() async throws {
        let setting = Setting()
        #expect(try await setting.ask() == "answer 0")
        #expect(try await setting.ask() == "answer 0")
        #expect(setting.expert.questions.count == 1)
        let kept = try #require(setting.shop.traces.all.last)
        #expect(kept.id == "fresh" && kept.dollars == 0 && kept.attempts.isEmpty)
        #expect(kept.notes.first?.hasPrefix("the answer was kept from trace ") == true)
    }

    @Test func whateverDiffersIsAnotherRequest() async throws {
        let setting = Setting()
        _ = try await setting.ask()
        #expect(try await setting.ask("? ") == "answer 1")
        #expect(try await setting.ask(wishes: Wishes(seed: 1)) == "answer 2")
        var colder = Question("?")
        colder.sampling.temperature = 0
        let flow = try await setting.cached.answer(colder, model: "auto", wishes: Wishes(), delivery: .whole)
        #expect(try await flow.settled().answer.text == "answer 3")
        let direct = try await setting.cached.answer(Question("?"), model: "a", wishes: Wishes(), delivery: .whole)
        #expect(try await direct.settled().answer.text == "answer 4")
    }

    @Test func aStreamOfAKeptAnswerSaysItAll() async throws {
        let setting = Setting()
        _ = try await setting.ask()
        let flow = try await setting.cached.answer(
            Question("?"), model: "auto", wishes: Wishes(), delivery: .streamed)
        var text = ""
        while let event = try await flow.next() { if case .piece(.text(let piece)) = event { text += piece } }
        #expect(text == "answer 0")
    }

    @Test func anAnswerGoesStale() async throws {
        let setting = Setting(keeping: .seconds(10))
        _ = try await setting.ask()
        setting.shop.time.advance(by: .seconds(9))
        #expect(try await setting.ask() == "answer 0")
        setting.shop.time.advance(by: .seconds(1))
        #expect(try await setting.ask() == "answer 1")
    }

    @Test func failuresAndCutAnswersAreNotKept() async throws {
        let expert = FakeExpert(
            "a",
            replies: [
                .init(pieces: [.text("cut"), .finish(.length)]), .fails(Fault(.expertRefused, "a", "no")),
                .says("whole"),
            ])
        let shop = Workshop([expert], routes: [Workshop.everybody(["a"])])
        let cached = CachedAnswers(
            shop.pipeline, life: .seconds(60), capacity: 1 << 20, time: shop.time.source, newTraceID: { "x" }, keep: { _ in })
        #expect(try await cached.answer(Question("?"), model: "auto").answer.text == "cut")
        await #expect(throws: Fault.self) { try await cached.answer(Question("?"), model: "auto") }
        #expect(try await cached.answer(Question("?"), model: "auto").answer.text == "whole")
    }

    @Test func roomIsMadeByWhatWasUsedLongestAgo() async throws {
        // Each entry counts about 6 KiB: four fit.
        let setting = Setting(capacity: 28_000)
        for text in ["1", "2", "3", "4"] { _ = try await setting.ask(text) }
        _ = try await setting.ask("1")
        _ = try await setting.ask("5")
        let calls = setting.expert.questions.count
        _ = try await setting.ask("1")
        #expect(setting.expert.questions.count == calls)
        _ = try await setting.ask("2")
        #expect(setting.expert.questions.count == calls + 1)
    }

    @Test func forgettingAndAskingForAFreshOneBothAskAgain() async throws {
        let setting = Setting()
        _ = try await setting.ask()
        #expect(try await setting.ask(wishes: Wishes(takesKept: false)) == "answer 1")
        setting.cached.forget()
        #expect(try await setting.ask() == "answer 2")
    }
}
