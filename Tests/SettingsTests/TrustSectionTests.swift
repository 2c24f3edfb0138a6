import Core
import Foundation
import Settings
import Testing

/// `canaries:` and `shadow:`.
struct TrustSectionTests {
    private static let experts = "experts: {a: {\(Reading.usable)}, b: {\(Reading.usable)}}\n"

    @Test func nobodyIsAskedUnlessItIsWritten() {
        let settings = Reading(Self.experts).settings
        #expect(settings.canaries == nil && settings.shadow == nil)
    }

    @Test func everySettingIsRead() throws {
        let reading = Reading(
            Self.experts
                + """
                canaries: {every: 2h, questions: 7, baseline: 21, skills: [algebra], experts: [a], file: c.jsonl}
                shadow: {share: 0.1, routes: [auto], experts: [b], dollars_per_day: 2.5, calls_per_day: 9, concurrent: 3}
                """)
        #expect(reading.sentences.isEmpty)
        let canaries = try #require(reading.settings.canaries)
        #expect(canaries.every == .seconds(7_200) && canaries.questions == 7 && canaries.baseline == 21)
        #expect(canaries.skills == ["algebra"] && canaries.experts == ["a"] && canaries.file == "c.jsonl")
        let shadow = try #require(reading.settings.shadow)
        #expect(shadow.share == 0.1 && shadow.routes == ["auto"] && shadow.experts == ["b"])
        #expect(shadow.dollarsPerDay == 2.5 && shadow.callsPerDay == 9 && shadow.concurrent == 3)
    }

    @Test func saysWhatIsWrong() {
        expectSentences(
            Self.experts + "shadow: {calls_per_day: 9}",
            "config.yaml:2:9: shadow: share is missing. Say of how many questions a second expert is asked: share: 0.02."
        )
        expectSentences(
            Self.experts + "shadow: {share: 0.1, routes: [atuo]}",
            "config.yaml:2:31: shadow.routes[0]: there is no route \"atuo\". Did you mean auto?")
        expectSentences(
            Self.experts + "canaries: {questions: 2}",
            "config.yaml:2:23: canaries.questions: \"2\" does not fit. A whole number from 5 to 1000 belongs here.")
    }

    @Test func aFileOfCanariesIsReadBySkill() {
        let skills = [Skill(name: "sums", description: "", grader: .number)]
        let file = CanaryFile(
            text: """
                {"skill": "sums", "id": "1", "question": "1 + 1?", "answer": "2"}

                {"skill": "sums", "id": "2", "question": "2 + 2?", "answer": "4"}
                """, skills: skills, name: "canaries.jsonl")
        #expect(file.problems.isEmpty)
        #expect(file.questions["sums"]?.map(\.id) == ["1", "2"])
    }

    @Test func whatIsWrongInAFileOfCanariesIsToldWithItsLine() {
        let skills = [Skill(name: "sums", description: "", grader: .number)]
        let file = CanaryFile(
            text: """
                {"skill": "sums", "id": "1", "question": "1 + 1?", "answer": "2"}
                {"skill": "summs", "id": "2", "question": "?", "answer": "4"}
                {"id": "3", "question": "?", "answer": "4"}
                [
                {"skill": "sums", "id": "1", "question": "3 + 3?", "answer": "6"}
                """, skills: skills, name: "c")
        #expect(
            file.problems.map(\.sentence) == [
                "c:2:1: there is no skill \"summs\". Did you mean sums?",
                "c:3:1: skill is missing or not a text. "
                    + #"Write {"skill": "…", "id": "…", "question": "…", "answer": "…"}, all four as texts."#,
                "c:4:1: the line is not a JSON object. "
                    + #"Write {"skill": "…", "id": "…", "question": "…", "answer": "…"}, all four as texts."#,
                "c:5:1: the id \"1\" stands in line 1 too. Give it another one.",
            ])
    }

    @Test func aFileOfCanariesThatIsNotThereIsToldByTheCheck() {
        let file = SettingsFile(text: Self.experts + "canaries: {file: nowhere.jsonl}\n", name: "c", environment: [:])
        let check = SettingsCheck(file: file, name: "c", folder: "/nowhere-at-all")
        #expect(check.problems.map(\.sentence).contains { $0.hasPrefix("nowhere.jsonl: there is no such file") })
    }
}
