import Core
import Foundation
import Settings
import Testing

struct SkillShelfTests {
    private static func file(_ name: String, _ metadata: String = "grader: number") -> String {
        "---\nname: \(name)\ndescription: About \(name).\nmetadata:\n  category: mathematics\n  \(metadata)\n---\n"
    }

    private static let question = #"{"id": "a", "question": "1 + 1?", "answer": "2"}"#

    @Test func readsOneSkillAFolderInNameOrder() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        for name in ["sums", "areas"] {
            try folder.write(Self.file(name), to: "\(name)/SKILL.md")
            try folder.write(Self.question, to: "\(name)/questions.jsonl")
        }
        try folder.write("read me", to: "README.md")
        try folder.write("hidden", to: ".git/SKILL.md")
        let shelf = SkillShelf(folder: folder.path)
        #expect(shelf.problems.map(\.sentence) == [])
        #expect(shelf.skills.map(\.name) == ["areas", "sums"])
        #expect(shelf.skills.map(\.questions.count) == [1, 1])
    }

    @Test func aFolderThatIsNotThereIsTold() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let advice = "Make it, with one folder a skill, or name another one under skills: folder:."
        let absent = "\(folder.path)/Skills"
        #expect(
            SkillShelf(folder: absent).problems.map(\.sentence) == [
                "\(absent): skills.folder: there is no such folder. \(advice)"
            ])
        let file = try folder.write("x", to: "file")
        #expect(
            SkillShelf(folder: file).problems.map(\.sentence) == [
                "\(file): skills.folder: this is no folder, or it holds more than 10000 entries. \(advice)"
            ])
    }

    @Test func anEmptyFolderHoldsNoSkills() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let shelf = SkillShelf(folder: folder.path)
        #expect(shelf.skills.isEmpty && shelf.problems.isEmpty)
    }

    @Test func aFolderWithoutAFileIsTold() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.question, to: "sums/questions.jsonl")
        #expect(
            SkillShelf(folder: folder.path).problems.map(\.sentence) == [
                "\(folder.path)/sums/SKILL.md: there is no such file. Every skill's folder holds a SKILL.md; "
                    + "Skills/README.md says what is in it."
            ])
    }

    @Test func aHugeOrBinaryFileIsRefused() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("big") + String(repeating: "x", count: 256 << 10), to: "big/SKILL.md")
        try folder.write(Data([0x2D, 0xFF]), to: "binary/SKILL.md")
        try folder.write(Self.file("many"), to: "many/SKILL.md")
        try folder.write(String(repeating: Self.question + "\n", count: 22_000), to: "many/questions.jsonl")
        let shelf = SkillShelf(folder: folder.path)
        #expect(
            shelf.problems.map(\.sentence) == [
                "\(folder.path)/big/SKILL.md: the file is larger than 256 KiB. Split the skill.",
                "\(folder.path)/binary/SKILL.md: the file is not UTF-8 text. Save it as UTF-8.",
                "\(folder.path)/many/questions.jsonl: the file is larger than 1024 KiB. Split the skill.",
                "\(folder.path)/many/SKILL.md: the skill has no graded questions. Add questions.jsonl, or "
                    + "nothing can be "
                    + "known about who has it.",
            ])
    }

    @Test func questionsNeedAGrader() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("sums", "version: \"1\""), to: "sums/SKILL.md")
        try folder.write(Self.question, to: "sums/questions.jsonl")
        #expect(
            SkillShelf(folder: folder.path).problems.map(\.sentence) == [
                "\(folder.path)/sums/SKILL.md:1:1: metadata.grader: the skill has questions but no grader. "
                    + "Write grader: choice, number, exact or judge."
            ])
    }

    @Test func problemsOfQuestionsAreToldWithTheirFileAndLine() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("sums"), to: "sums/SKILL.md")
        try folder.write(Self.question + "\n" + Self.question + "\n{\n", to: "sums/questions.jsonl")
        let shelf = SkillShelf(folder: folder.path)
        let file = "\(folder.path)/sums/questions.jsonl"
        #expect(
            shelf.problems.map(\.sentence) == [
                "\(file):2:1: the id \"a\" stands in line 1 too. Give it another one.",
                "\(file):3:1: the line is not a JSON object. "
                    + "Write {\"id\": \"…\", \"question\": \"…\", \"answer\": \"…\"}, all three as texts.",
            ])
        #expect(shelf.skills.map(\.questions.count) == [1])
    }

    @Test func aSkillThatIncludesNobodyComesWithTheNearestName() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("sums", "includes: \"long-sum, zebra\"\n  status: draft"), to: "sums/SKILL.md")
        try folder.write(Self.file("long-sums", "status: draft"), to: "long-sums/SKILL.md")
        let file = "\(folder.path)/sums/SKILL.md"
        #expect(
            SkillShelf(folder: folder.path).problems.map(\.sentence) == [
                "\(file): metadata.includes: there is no skill long-sum. Did you mean long-sums?",
                "\(file): metadata.includes: there is no skill zebra. muster skill list shows all.",
            ])
    }

    @Test func noSkillIncludesItselfInACircle() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        for (name, next) in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")] {
            try folder.write(Self.file(name, "includes: \(next)\n  status: draft"), to: "\(name)/SKILL.md")
        }
        let files = ["a", "b", "c"].map { "\(folder.path)/\($0)/SKILL.md" }
        #expect(
            SkillShelf(folder: folder.path).problems.map(\.sentence)
                == files.map {
                    "\($0): metadata.includes: the skill includes itself in a circle. Include narrower skills only."
                })
    }

    @Test func problemsNameTheFolderEvenIfTheNameDiffers() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("other", "includes: zebra"), to: "sums/SKILL.md")
        let problems = SkillShelf(folder: folder.path).problems
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { $0.file == "\(folder.path)/sums/SKILL.md" }, "\(problems.map(\.sentence))")
    }

    @Test func anActiveSkillWithoutQuestionsIsOnlyWarnedOf() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write(Self.file("sums"), to: "sums/SKILL.md")
        let problems = SkillShelf(folder: folder.path).problems
        #expect(problems.count == 1 && problems.areOnlyWarnings)
    }
}
