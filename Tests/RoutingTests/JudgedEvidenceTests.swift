import Core
import Routing
import Testing

/// Feedback as evidence, computed by hand.
struct JudgedEvidenceTests {
    private func judged(
        _ score: Double, skills: [SkillName] = ["law"], method: String = "vote", ballots: [[ExpertID]] = [["a"]]
    ) throws -> JudgedTrace {
        var trace = Trace(
            id: "t", at: Timestamp(microseconds: 0), route: "auto", question: "q",
            need: Need(
                annotator: "lexical",
                mentions: skills.map { .init(keyword: "k", score: 1, skill: $0, similarity: 1) }),
            recruitment: Recruitment(strategy: "skill", seats: [], seed: 1, reason: ""))
        trace.verdict = Verdict(
            method: method, expert: "a",
            ballots: ballots.map { .init(answer: "x", votes: Double($0.count), experts: $0) }, agreement: 1)
        return JudgedTrace(
            trace: trace, feedback: try Feedback(trace: "t", score: score, at: Timestamp(microseconds: 0)))
    }

    private func book(_ judged: [JudgedTrace], marks: [Mark] = []) -> ProfileBook {
        ProfileBuilder(skills: [Skill(name: "law", description: "", includes: ["contracts"])])
            .build(from: marks, judged: judged)
    }

    /// A score of 0.75 at half weight: 0.375 right, 0.125 wrong.
    @Test func aScoreIsSharedBetweenRightAndWrong() throws {
        #expect(
            try book([judged(0.75)]).profile(of: "a").records["law"] == SkillRecord(right: 0.375, wrong: 0.125))
    }

    @Test func itCountsForAllWhoGaveThatAnswerAndForNobodyElse() throws {
        let book = try book([judged(1, ballots: [["a", "b", "a"], ["c"]])])
        #expect(book.profile(of: "a").competency(in: "law") == 0.5)
        #expect(book.profile(of: "b").competency(in: "law") == 0.5)
        #expect(book.profile(of: "c").records.isEmpty)
    }

    @Test func aSkillThatIncludesAnotherGetsHalfOfIt() throws {
        let profile = try book([judged(0, skills: ["contracts", "contracts"])]).profile(of: "a")
        #expect(profile.competency(in: "contracts") == -0.5)
        #expect(profile.competency(in: "law") == -0.25)
    }

    @Test func aSynthesisIsNobodysOwnAnswer() throws {
        #expect(try book([judged(1, method: "synthesis")]).profiles.isEmpty)
    }

    @Test func gradedAnswersCountTwiceAsMuch() throws {
        let mark = Mark(
            expert: "a", skill: "law", skillVersion: "1", question: "q", isRight: true, at: Timestamp(microseconds: 0))
        #expect(try book([judged(0)], marks: [mark]).profile(of: "a").competency(in: "law") == 0.5)
    }
}
