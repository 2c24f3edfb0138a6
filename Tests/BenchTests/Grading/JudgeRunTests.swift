import Bench
import Core
import Foundation
import Support
import Testing

/// Runs whose answers an expert judges.
struct JudgeRunTests {
    private let questions = [
        GradedQuestion(id: "q1", question: "Number 1?", answer: ""),
        GradedQuestion(id: "q2", question: "Number 2?", answer: ""),
    ]

    /// Answers "good 1" or "bad 1".
    private func writer(_ id: ExpertID, _ word: String) -> FakeExpert {
        FakeExpert(id) { question, _ in .says("\(word) \(question.number)") }
    }

    @Test func aMarkIsTakenFromTheLastBrackets() async throws {
        let judge = FakeExpert("judge") { question, _ in
            .says(question.text.contains("good 1") ? "It has [[3]] flaws. [[9]]" : "Who knows.")
        }
        let rig = Rig(writer("a", "good"), judge)
        let suite = try Suite.builtIn("mt-bench")
        try await rig.run(try rig.order("single:a", questions, suite: suite, judge: RunJudge("judge")))
        let grades = await rig.store.grades(in: "r").sorted { $0.question < $1.question }
        #expect(grades.map(\.score) == [0.9, nil])
        #expect(grades.map(\.remark) == ["mark 9.0", "no judgement that can be read"])
        #expect(grades.map(\.isFlexiblyRight) == [true, false])
        #expect(try await RunReport("r", from: rig.store).meanScore == 0.9)
    }

    @Test func aPairIsShownInBothOrdersAndOnlyAWinInBothCounts() async throws {
        // Prefers "good"; of two alike it takes the first, as judges do.
        let judge = FakeExpert("judge") { question, _ in
            let parts = question.text.components(separatedBy: "[Answer B]")
            let (first, second) = (parts[0].contains("good"), parts.count > 1 && parts[1].contains("good"))
            return .says(second && !first ? "[[B]]" : "[[A]]")
        }
        let rig = Rig(writer("good", "good"), writer("bad", "bad"), judge)
        let suite = try Suite.builtIn("mt-bench-pairs")
        let plain = try Suite.builtIn("mt-bench")
        try await rig.run(
            try rig.order("single:bad", questions, suite: plain, judge: RunJudge("judge")), id: "base")
        let better = RunJudge("judge", against: "base")
        try await rig.run(try rig.order("single:good", questions, suite: suite, judge: better), id: "better")
        #expect(await rig.store.grades(in: "better").map(\.score) == [1, 1])
        try await rig.run(try rig.order("single:bad", questions, suite: suite, judge: better), id: "same")
        #expect(await rig.store.grades(in: "same").map(\.score) == [0.5, 0.5])
        #expect(
            await rig.store.grades(in: "same").first?.remark == "the order decides: counted as a tie",
            "a judge that takes whoever stands first says nothing")
    }

    @Test func aSuiteThatNeedsAJudgeSaysSo() async throws {
        let rig = Rig(writer("a", "good"))
        let suite = try Suite.builtIn("mt-bench-pairs")
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", questions, suite: suite))
        }
        #expect(fault?.sentence == "suite mt-bench-pairs: needs a judge. Name an expert with --judge EXPERT.")
        let alone = await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", questions, suite: suite, judge: RunJudge("a")))
        }
        #expect(alone?.hint == "Name a finished run on the same questions with --against RUN")
    }

    @Test func skillsGiveAPointEach() async throws {
        let skills = ["alpha", "beta", "gamma"].map { Skill(name: SkillName($0), description: "About \($0).") }
        let suite = try Suite.builtIn("skill-mix")
        let mix = SkillMix(suite: suite, skills: skills)
        let made = try mix.questions(4, seed: 1)
        #expect(made == (try mix.questions(4, seed: 1)))
        #expect(Set(made.map(\.id)).count == 4)
        #expect(made.allSatisfy { $0.extras?.skills.count == 2 && $0.question.contains("About ") })
        let judge = FakeExpert("judge") { question, _ in
            let names = ["alpha", "beta", "gamma"].filter { question.text.contains($0) }
            return .says(names.enumerated().map { "\($1): \($0 == 0 ? 1 : 0)" }.joined(separator: "\n"))
        }
        let rig = Rig(writer("a", "text"), judge)
        try await rig.run(try rig.order("single:a", made, suite: suite, judge: RunJudge("judge")))
        #expect(await rig.store.grades(in: "r").map(\.score) == [0.5, 0.5, 0.5, 0.5])
    }

    @Test func tooFewSkillsAreRefused() throws {
        let suite = try Suite.builtIn("skill-mix")
        #expect(throws: Fault.self) { try SkillMix(suite: suite, skills: []).questions(3, seed: 1) }
    }
}
