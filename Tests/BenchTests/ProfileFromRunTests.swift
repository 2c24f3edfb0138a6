import Bench
import Core
import Support
import Testing

struct ProfileFromRunTests {
    private let questions = [
        GradedQuestion(id: "q1", question: "What is the determinant of 1?", answer: "1"),
        GradedQuestion(id: "q2", question: "Which eigenvalue has 2?", answer: "2"),
        GradedQuestion(id: "q3", question: "Nothing that anybody knows, 3?", answer: "3"),
    ]

    /// Right about all but the second question.
    private func rig() -> Rig {
        var rig = Rig(FakeExpert("a") { question, _ in .says("#### \(question.number == 2 ? 0 : question.number)") })
        rig.skills = [
            Skill(name: "matrices", description: "", keywords: ["determinant", "eigenvalue"], version: "4")
        ]
        return rig
    }

    private func maker(_ rig: Rig, suite: Suite = .gsm8k) -> ProfileFromRun {
        ProfileFromRun(
            runs: rig.store, needs: rig.needs, profiles: rig.profiles, skills: rig.skills, time: rig.time.source)
    }

    @Test func eachSkillOfAQuestionGetsAMarkRightOrWrong() async throws {
        let rig = rig()
        try await rig.run(try rig.order("single:a", questions))
        let outcome = try await maker(rig).marks(of: "r", suite: .gsm8k, questions: questions)
        #expect(outcome.expert == "a")
        #expect(outcome.marks.map(\.skill) == ["matrices", "matrices"])
        #expect(outcome.marks.map(\.isRight) == [true, false])
        #expect(outcome.marks.allSatisfy { $0.skillVersion == "4" })
        #expect(Set(outcome.marks.map(\.question)).count == 2)
        #expect((outcome.withoutNeed, outcome.failed) == (1, 0))
    }

    @Test func aKeywordThatIsNoSkillIsKeptAsItIs() async throws {
        let rig = rig()
        // Needs are stored with the run, so they are what counts.
        let run = Run(
            id: "r", suite: "gsm8k", data: SuiteFile.fingerprint(of: questions), strategy: "single:a", experts: ["a"],
            seed: 1, promptVersion: "1", questionCount: 3, startedAt: ManualTime.start, state: .finished)
        try await rig.store.start(run)
        let need = Need(
            annotator: "x",
            mentions: [
                .init(keyword: "arithmetic", score: 1, skill: "matrices", similarity: 0.3),
                .init(keyword: "determinant", score: 1, skill: "matrices", similarity: 1),
                .init(keyword: "arithmetic", score: 1, skill: "matrices", similarity: 0.3),
            ])
        await rig.store.keep(
            [
                RunSeats(
                    question: "q1", need: need,
                    recruitment: Recruitment(strategy: "fixed", seats: [], seed: 0, reason: ""))
            ], in: "r")
        let verdict = Verdict(method: "single", expert: "a", ballots: [], agreement: 1)
        await rig.store.keep(
            RunGrade(
                question: "q1", text: "1", verdict: verdict, strict: nil, flexible: "1", isStrictlyRight: false,
                isFlexiblyRight: true, isCut: true, hasFailed: false), in: "r")
        let outcome = try await maker(rig).marks(of: "r", suite: .gsm8k, questions: questions)
        #expect(outcome.marks.map(\.skill) == ["arithmetic", "matrices"])
        #expect(outcome.marks.map(\.skillVersion) == ["keywords", "4"])
        #expect(outcome.marks.allSatisfy { $0.isRight && !$0.isComplete })
        #expect(outcome.failed == 2, "a question without a grade has no mark")
    }

    @Test func nothingIsLearnedFromTheTestPartOfASuite() async throws {
        let rig = rig()
        try await rig.run(try rig.order("single:a", questions))
        var spec = Suite.gsm8k.spec
        spec.parts[0].opening = Fingerprint(of: questions[0].question).hex
        let suite = try Suite(spec)
        let fault = await #expect(throws: Fault.self) {
            try await maker(rig).marks(of: "r", suite: suite, questions: questions)
        }
        #expect(fault?.code == .notAllowed)
        #expect(
            fault?.sentence
                == "suite gsm8k: these questions belong to its test part. A profile is made from a validation part: what "
                + "is measured on the questions it was learned from is too good. Use --split train.")
        try await rig.run(try rig.order("single:a", questions, part: "test"), id: "named")
        let named = await #expect(throws: Fault.self) {
            try await maker(rig).marks(of: "named", suite: .gsm8k, questions: questions)
        }
        #expect(named?.code == .notAllowed, "a run knows its part, whatever questions are shown")
        try await rig.run(try rig.order("single:a", questions, part: "train"), id: "allowed")
        #expect(try await maker(rig).marks(of: "allowed", suite: .gsm8k, questions: questions).failed == 0)
    }

    @Test func runsThatSayNothingAboutOneExpertAreRefused() async throws {
        let rig = rig()
        try await rig.run(try rig.order("vote", questions), id: "panel")
        try await rig.run(try rig.order("single:a", questions), id: "other")
        await rig.store.breaks(afterAnswers: 1)
        await #expect(throws: MemoryStore.Broken.self) {
            try await rig.run(try rig.order("single:a", questions), id: "open")
        }
        func sentence(_ id: String, _ questions: [GradedQuestion]) async -> String? {
            let fault = await #expect(throws: Fault.self) {
                try await maker(rig).marks(of: id, suite: .gsm8k, questions: questions)
            }
            return fault?.sentence
        }
        #expect(
            await sentence("panel", questions)
                == "run panel: was made with the strategy vote. A profile is about one expert: a run with --strategy "
                + "single:<expert>.")
        #expect(await sentence("open", questions) == "run open: is not finished. Go on with --resume open.")
        #expect(
            await sentence("other", numbers(2))
                == "run other: is about 3 other questions than the 2 given. Give the same --data and --limit as for the run."
        )
        #expect(await sentence("gone", questions)?.hasPrefix("run \"gone\": there is no such run.") == true)
    }
}
