import Core
import Routing
import Testing

struct ProfileBuilderTests {
    private func mark(_ skill: SkillName, _ right: Bool, version: String = "1", question: String = "q") -> Mark {
        Mark(
            expert: "e", skill: skill, skillVersion: version, question: question, isRight: right,
            at: Timestamp(microseconds: 0))
    }

    /// Three right and one wrong: +3 − 1 = 2.
    @Test func addsOneForRightAndTakesOneForWrong() {
        let marks = [true, true, false, true].enumerated().map { mark("law", $1, question: "q\($0)") }
        let book = ProfileBuilder(skills: [Skill(name: "law", description: "")]).build(from: marks)
        #expect(book.profile(of: "e").competency(in: "law") == 2)
        #expect(book.profile(of: "e").records["law"] == SkillRecord(right: 3, wrong: 1))
        #expect(book.vocabulary == ["law"])
    }

    /// Beta(1+3, 1+1) has the mean 4/6.
    @Test func theShrunkenShareIsThePosteriorMean() {
        #expect(abs(SkillRecord(right: 3, wrong: 1).shrunkShare - 4.0 / 6) < 1e-12)
        #expect(SkillRecord().shrunkShare == 0.5)
    }

    @Test func includedSkillsCountAtHalfWeight() {
        let skills = [
            Skill(name: "law", description: "", includes: ["contract-law"]),
            Skill(name: "contract-law", description: ""),
        ]
        let book = ProfileBuilder(skills: skills).build(from: [mark("contract-law", true), mark("law", false)])
        #expect(book.profile(of: "e").competency(in: "law") == -0.5)
        #expect(book.profile(of: "e").competency(in: "contract-law") == 1)
    }

    @Test func marksOfAnOlderVersionAreLeftOut() {
        let book = ProfileBuilder(skills: [Skill(name: "law", description: "", version: "2")])
            .build(from: [mark("law", true, version: "1"), mark("law", false, version: "2")])
        #expect(book.profile(of: "e").competency(in: "law") == -1)
    }

    @Test func rawKeywordsAreKeptAsTheyAre() {
        let book = ProfileBuilder(skills: []).build(from: [mark("property law", true, version: "keywords")])
        #expect(book.vocabulary == ["property law"])
    }
}
