import Bench
import Core
import Support
import Synchronization
import Testing

struct CanaryRunTests {
    /// Keeps rounds in memory.
    private actor Shelf: CanaryStore {
        private var rounds: [CanaryRound] = []

        func add(_ round: CanaryRound) { rounds.append(round) }
        func canaryRounds() -> [CanaryRound] { rounds }
    }

    private let shelf = Shelf()
    private let skill = Skill(name: "sums", description: "", grader: .number, questions: numbers(20))

    private func spec(_ id: ExpertID, model: String = "m") -> ExpertSpec {
        ExpertSpec(card: ExpertCard(id: id, kind: .openai, model: model))
    }

    private func plan(_ specs: ExpertSpec..., count: Int = 10) -> CanaryPlan {
        CanaryPlan(skills: [skill], count: count, specs: specs)
    }

    private func run(_ plan: CanaryPlan, _ rig: Rig) -> CanaryRun {
        CanaryRun(plan, directory: rig.directory, store: shelf, time: rig.time.source)
    }

    @Test func aRoundAsksTheSameFirstQuestionsAndGradesThem() async throws {
        let rig = Rig(
            FakeExpert("a") { question, _ in .says("Answer: \(question.number <= 7 ? question.number : 0)") })
        let plan = plan(spec("a"))
        for _ in 0..<2 {
            let round = try await run(plan, rig).ask(.init(expert: "a", skill: "sums"))
            #expect(round?.result == WilsonShare(right: 7, of: 10))
            #expect(round?.identity == plan.identity("a", "sums"))
        }
        #expect(rig.experts[0].questions.count == 20)
        #expect(Set(rig.experts[0].questions.map(\.number)) == Set(1...10))
        #expect(rig.experts[0].questions.allSatisfy { $0.sampling.temperature == 0 })
        #expect(await shelf.canaryRounds().count == 2)
    }

    @Test func whatIsNotAnsweredCountsForNothing() async throws {
        let fault = Fault(.expertTimedOut, "a", "is slow")
        let rig = Rig(
            FakeExpert("a") { question, _ in question.number <= 4 ? .fails(fault) : .says("#### \(question.number)") })
        #expect(try await run(plan(spec("a")), rig).ask(.init(expert: "a", skill: "sums"))?.result.of == 6)
        let away = Rig(FakeExpert("a", replies: [.fails(fault)]))
        #expect(try await run(plan(spec("a")), away).ask(.init(expert: "a", skill: "sums")) == nil)
        #expect(await shelf.canaryRounds().count == 1)
    }

    @Test func aRoundIsDueWhenItsTimeHasPassed() async throws {
        let rig = Rig(knower("a"), knower("b"))
        let run = run(plan(spec("a"), spec("b")), rig)
        let places = [CanaryRun.Place(expert: "a", skill: "sums"), .init(expert: "b", skill: "sums")]
        #expect(try await run.due(every: .seconds(60)).places == places)
        _ = try await run.ask(places[0])
        rig.time.advance(by: .seconds(20))
        let now = try await run.due(every: .seconds(60))
        #expect(now.places == [places[1]] && now.wait == .seconds(40))
        _ = try await run.ask(places[1])
        rig.time.advance(by: .seconds(40))
        let later = try await run.due(every: .seconds(60))
        #expect(later.places == [places[0]] && later.wait == .seconds(20))
    }

    @Test func anotherModelOrOtherQuestionsAreAnotherIdentity() {
        let one = plan(spec("a"))
        #expect(one.identity("a", "sums") != plan(spec("a", model: "n")).identity("a", "sums"))
        #expect(one.identity("a", "sums") != plan(spec("a"), count: 9).identity("a", "sums"))
        #expect(one.identity("a", "sums") == plan(spec("a"), spec("b")).identity("a", "sums"))
        #expect(one.identity("b", "sums") == nil && one.identity("a", "law") == nil)
    }

    @Test func onlySkillsThatNeedNoJudgeTakePart() {
        let plan = CanaryPlan(
            skills: [
                skill, Skill(name: "taste", description: "", grader: .judge, questions: numbers(3)),
                Skill(name: "draft", description: "", isActive: false, grader: .number, questions: numbers(3)),
                Skill(name: "bare", description: "", grader: .number),
            ], count: 5, specs: [spec("a"), spec("b")], asked: ["b"])
        #expect(plan.skills == ["sums"] && plan.experts == ["b"] && plan.calls == 5)
        let own = CanaryPlan(
            skills: [skill, Skill(name: "bare", description: "", grader: .number)],
            own: ["bare": numbers(2)], count: 5, specs: [spec("a")])
        #expect(own.skills == ["bare"] && own.calls == 2)
    }

    @Test func anExpertThatGetsWorseFalls() async throws {
        let worse = Mutex(false)
        let rig = Rig(
            FakeExpert("a") { question, _ in .says("#### \(worse.withLock { $0 } ? 0 : question.number)") })
        let plan = plan(spec("a"))
        let place = CanaryRun.Place(expert: "a", skill: "sums")
        func book() async -> CanaryBook {
            CanaryBook(await shelf.canaryRounds(), baseline: 30) { plan.identity($0, $1) }
        }
        for _ in 0..<4 { _ = try await run(plan, rig).ask(place) }
        #expect(await book().demotedSkills(of: "a").isEmpty)
        worse.withLock { $0 = true }
        _ = try await run(plan, rig).ask(place)
        #expect(await book().standing(of: "a", in: "sums")?.isSuspect == true)
        _ = try await run(plan, rig).ask(place)
        #expect(await book().demotedSkills(of: "a") == ["sums"])
        worse.withLock { $0 = false }
        _ = try await run(plan, rig).ask(place)
        #expect(await book().demotedSkills(of: "a").isEmpty)
    }
}
