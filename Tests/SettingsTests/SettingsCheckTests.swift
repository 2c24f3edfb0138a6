import Core
import Settings
import Testing

/// What only a configuration and its skills together show.
struct SettingsCheckTests {
    private static let skills = Repository.path("Skills")

    private func check(_ yaml: String) -> SettingsCheck {
        let file = SettingsFile(text: yaml, name: "config.yaml", environment: [:])
        return SettingsCheck(file: file, name: "config.yaml", folder: Self.skills)
    }

    @Test func nobodyToAnswerIsWarnedOf() {
        let problems = check("store: {}\n").problems
        #expect(
            problems.map(\.sentence) == [
                "config.yaml: experts: there are no experts, so nobody can answer. "
                    + "Add one here, or with muster expert add."
            ])
        #expect(problems.areOnlyWarnings)
    }

    @Test func aScriptThatKnowsNoSkillIsWarnedOfWithItsPlace() {
        let problems = check(
            "experts:\n  a: {kind: scripted, script: {knows: {mathematic: 0.9, sql: 1, zebra: 0, \"*\": 0}}}\n"
        ).problems
        #expect(
            problems.map(\.sentence) == [
                "config.yaml:2:52: experts.a.script.knows.mathematic: there is no skill or category mathematic. "
                    + "Did you mean mathematics?",
                "config.yaml:2:72: experts.a.script.knows.zebra: there is no skill or category zebra. "
                    + "muster skill list shows all.",
            ])
        #expect(problems.areOnlyWarnings)
    }

    @Test func aFileThatCouldNotBeReadIsNotBlamedForHavingNoExperts() {
        let problems = check("experts: [").problems
        #expect(problems.count == 1)
        #expect(!problems.areOnlyWarnings)
    }

    @Test func theFilesOwnFolderIsReadUnlessAnotherIsNamed() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let yaml = "skills: {folder: \"\(folder.path)/none\"}\nexperts: {a: {kind: scripted}}\n"
        let file = SettingsFile(text: yaml, name: "config.yaml", environment: [:])
        #expect(SettingsCheck(file: file, name: "config.yaml").problems.map(\.file) == ["\(folder.path)/none"])
        #expect(SettingsCheck(file: file, name: "config.yaml", folder: Self.skills).problems.isEmpty)
    }

    @Test func theSummaryCountsWhatWasFound() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write("---\nname: sums\ndescription: a\nmetadata: {grader: number}\n---\n", to: "sums/SKILL.md")
        try folder.write(
            #"{"id": "a", "question": "1 + 1?", "answer": "2"}"#, to: "sums/questions.jsonl")
        let file = SettingsFile(
            text: "experts: {a: {kind: scripted}, b: {kind: scripted}}", name: "config.yaml", environment: [:])
        #expect(
            SettingsCheck(file: file, name: "config.yaml", folder: folder.path).summary == [
                "2 experts: a, b", "1 route: auto",
                "1 skill in 1 category, 1 graded question, 0 skills without questions",
            ])
    }
}
