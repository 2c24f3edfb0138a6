import Bench
import Core
import Support
import Testing

struct ProfileRunTests {
    private func skill(_ name: SkillName, _ count: Int, version: String = "1", grader: GraderKind? = .number) -> Skill {
        Skill(name: name, description: "", version: version, grader: grader, questions: numbers(count))
    }

    private func run(
        _ rig: Rig, _ order: ProfileRun.Order, progress: @Sendable (ProfileRun.Progress) -> Void = { _ in }
    ) async throws -> ProfileRun.Outcome {
        try await ProfileRun(directory: rig.directory, marks: rig.store, time: rig.time.source)
            .run(order, progress: progress)
    }

    @Test func everyAnswerBecomesAMark() async throws {
        let rig = Rig(
            FakeExpert("a") { question, _ in
                let number = question.number
                return FakeExpert.Reply(
                    pieces: [.text("Answer: \(number == 1 ? 99 : number)"), .finish(number == 2 ? .length : .stop)])
            })
        let log = ProgressLog<ProfileRun.Progress>()
        let outcome = try await run(
            rig, .init(experts: ["a"], skills: [skill("sums", 3, version: "2")])
        ) { log.note($0) }
        let marks = outcome.marks.sorted { $0.question < $1.question }
        #expect(marks.map(\.question) == ["q1", "q2", "q3"])
        #expect(marks.map(\.isRight) == [false, true, true])
        #expect(marks.map(\.isComplete) == [true, false, true])
        #expect(marks.allSatisfy { $0.skill == "sums" && $0.skillVersion == "2" && $0.expert == "a" })
        #expect(await rig.store.marks().count == 3)
        #expect(log.steps.map(\.done) == [1, 2, 3])
        #expect(log.steps.last?.total == 3)
    }

    @Test func whatIsKnownIsNotAskedAgain() async throws {
        let rig = Rig(knower("a"))
        _ = try await run(rig, .init(experts: ["a"], skills: [skill("sums", 3)]))
        let again = try await run(rig, .init(experts: ["a"], skills: [skill("sums", 5)]))
        #expect((again.known, again.marks.count) == (3, 2))
        #expect(rig.experts[0].questions.count == 5)
        let newer = try await run(rig, .init(experts: ["a"], skills: [skill("sums", 3, version: "2")]))
        #expect((newer.known, newer.marks.count) == (0, 3))
        let forced = try await run(rig, .init(experts: ["a"], skills: [skill("sums", 3)], again: true))
        #expect(forced.marks.count == 3)
    }

    @Test func theLimitDrawsBySeed() async throws {
        func asked(_ seed: UInt64) async throws -> [String] {
            let order = ProfileRun.Order(experts: ["a"], skills: [skill("sums", 40)], limit: 5, seed: seed)
            return try await run(Rig(knower("a")), order).marks.map(\.question).sorted()
        }
        let first = try await asked(1)
        #expect(first.count == 5)
        #expect(try await asked(1) == first)
        #expect(try await asked(2) != first)
    }

    @Test func draftsAndWhatOnlyAJudgeCouldGradeAreLeftOut() async throws {
        let rig = Rig(knower("a"))
        var draft = skill("draft", 2)
        draft.isActive = false
        let outcome = try await run(
            rig,
            .init(experts: ["a"], skills: [draft, skill("essay", 2, grader: .judge), skill("none", 2, grader: nil)]))
        #expect(outcome.marks.isEmpty)
        #expect(rig.experts[0].questions.isEmpty)
    }

    @Test func anExpertThatIsDownIsLeftAloneAndTheOthersAreAsked() async throws {
        let rig = Rig(
            FakeExpert(
                "down", concurrent: 1, replies: [.fails(Fault(.expertUnreachable, "down", "refuses connections"))]),
            knower("up"))
        let outcome = try await run(rig, .init(experts: ["down", "up", "up"], skills: [skill("sums", 20)]))
        #expect((outcome.faults.count, outcome.unasked, outcome.marks.count) == (5, 15, 20))
        #expect(rig.experts[0].questions.count == 5)
        #expect(rig.experts[1].questions.count == 20, "named twice, asked once")
    }

    @Test func aSmallLetterIsAKnownAnswerToo() async throws {
        let rig = Rig(FakeExpert("a", replies: [.says("It is B) then.\nAnswer: B")]))
        let question = GradedQuestion(id: "1", question: "Which? A) one B) two", answer: "b")
        let skill = Skill(name: "choose", description: "", grader: .choice, questions: [question])
        #expect(try await run(rig, .init(experts: ["a"], skills: [skill])).marks.map(\.isRight) == [true])
    }
}
