import Core
import Pipeline
import Routing
import Support
import Synchronization
import Testing

struct ShadowSamplerTests {
    /// Keeps answers of second experts in memory.
    private actor Shelf: ShadowStore {
        private var kept: [ShadowAnswer] = []
        private let before: (calls: Int, dollars: Double)

        init(before: (calls: Int, dollars: Double) = (0, 0)) { self.before = before }

        func add(_ answer: ShadowAnswer) { kept.append(answer) }
        func shadowAnswers(limit: Int) -> [ShadowAnswer] { kept.reversed() }
        func shadowSpending(since moment: Timestamp) -> (calls: Int, dollars: Double) { before }
    }

    private struct Account: SpendAccount {
        let reserved = Counter()

        func reserve(_ most: Spend) async throws -> any SpendReservation {
            reserved.add()
            return Held()
        }
    }

    private final class Held: SpendReservation { func settle(_ real: Spend) {} }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    /// A service with a sampler, over experts of which the first is always recruited.
    private struct Rig {
        let service: ShadowedAnswers
        let shelf: Shelf
        let finished = Counter()

        init(_ experts: [any Expert], _ policy: ShadowPolicy?, shelf: Shelf = Shelf()) {
            var parts = Workshop.parts(
                experts, routes: [Workshop.everybody([experts[0].card.id])], traces: TraceShelf(), time: ManualTime())
            parts.shadow = policy
            let live = LiveParts(parts)
            let finished = finished
            self.shelf = shelf
            service = ShadowedAnswers(
                LivePipeline(live), sampler: ShadowSampler(live, store: shelf) { _ in finished.add() })
        }

        func ask(_ text: String = "Solve for x: x = 41 + 1") async throws {
            _ = try await service.answer(Question(text), model: "auto")
        }

        /// Waits until so many second answers were kept.
        func kept(_ count: Int) async -> [ShadowAnswer] {
            while finished.value < count { await Task.yield() }
            return await shelf.shadowAnswers(limit: 99)
        }
    }

    private func says(_ id: ExpertID, _ text: String) -> FakeExpert { FakeExpert(id, replies: [.says(text)]) }

    @Test(arguments: [
        ("Answer: 42", ShadowAnswer.Outcome.agrees), ("It is 42. #### 42", .agrees), ("Answer: 41", .differs),
        ("I do not know.", .ungraded),
    ])
    func theSecondAnswerIsGradedByAgreement(text: String, outcome: ShadowAnswer.Outcome) async throws {
        let second = says("b", text)
        let rig = Rig([says("a", "Answer: 42"), second], ShadowPolicy(share: 1))
        try await rig.ask()
        let kept = await rig.kept(1)
        #expect(kept.map(\.outcome) == [outcome] && kept.first?.expert == "b" && kept.first?.skills == ["algebra"])
        #expect(kept.first?.sureness == 0.5)
        #expect(second.questions.map(\.text) == ["Solve for x: x = 41 + 1"])
    }

    @Test func freeTextsAreNotGraded() async throws {
        let rig = Rig([says("a", "A poem."), says("b", "Another poem.")], ShadowPolicy(share: 1))
        try await rig.ask("Write a poem.")
        #expect(await rig.kept(1).map(\.outcome) == [.ungraded])
    }

    @Test func nobodyIsAskedWithoutAPolicyOrForOtherRoutes() async throws {
        for policy in [nil, ShadowPolicy(share: 0), ShadowPolicy(share: 1, routes: ["other"])] {
            let second = says("b", "Answer: 42")
            let rig = Rig([says("a", "Answer: 42"), second], policy)
            for _ in 0..<5 { try await rig.ask() }
            for _ in 0..<100 { await Task.yield() }
            #expect(second.questions.isEmpty)
        }
    }

    @Test func anExpertThatWasNamedIsNotSecondGuessed() async throws {
        let second = says("b", "Answer: 42")
        let rig = Rig([says("a", "Answer: 42"), second], ShadowPolicy(share: 1))
        _ = try await rig.service.answer(Question("?"), model: "a")
        for _ in 0..<100 { await Task.yield() }
        #expect(second.questions.isEmpty)
    }

    @Test func theClientsKeyIsNotCharged() async throws {
        let account = Account()
        let asker = Asker(key: "k", name: "web", account: account)
        let rig = Rig([says("a", "Answer: 42"), says("b", "Answer: 42")], ShadowPolicy(share: 1))
        try await Asker.$current.withValue(asker) { try await rig.ask() }
        _ = await rig.kept(1)
        // For the answer that was given, and for nothing else.
        #expect(account.reserved.value == 1)
    }

    @Test func aDaysCallsAndDollarsAreBounded() async throws {
        let second = says("b", "Answer: 42")
        let rig = Rig([says("a", "Answer: 42"), second], ShadowPolicy(share: 1, callsPerDay: 2))
        for count in 1...2 {
            try await rig.ask()
            _ = await rig.kept(count)
        }
        try await rig.ask()
        for _ in 0..<200 { await Task.yield() }
        #expect(second.questions.count == 2)
        // What was spent before a restart counts.
        let spent = says("b", "Answer: 42")
        let later = Rig(
            [says("a", "Answer: 42"), spent], ShadowPolicy(share: 1, dollarsPerDay: 1),
            shelf: Shelf(before: (3, 1.01)))
        try await later.ask()
        for _ in 0..<200 { await Task.yield() }
        #expect(spent.questions.isEmpty)
    }

    @Test func agreementMovesTheProfileByAQuarterAtMost() {
        let shelf = ProfileShelf(skills: Workshop.skills, marks: [], unknown: .ignore, embedder: NoEmbedder())
        func shadow(_ outcome: ShadowAnswer.Outcome, sureness: Double) -> ShadowAnswer {
            ShadowAnswer(
                trace: "t", at: Timestamp(microseconds: 0), expert: "b", skills: ["algebra"], outcome: outcome,
                sureness: sureness, seconds: 1, usage: Usage(), dollars: 0)
        }
        shelf.rebuild(
            from: [],
            shadows: [
                shadow(.agrees, sureness: 1), shadow(.differs, sureness: 0.5), shadow(.ungraded, sureness: 1),
                shadow(.failed, sureness: 1),
            ])
        let record = shelf.snapshot.book.profile(of: "b").records["algebra"]
        #expect(record?.right == 0.25 && record?.wrong == 0.125)
    }
}
