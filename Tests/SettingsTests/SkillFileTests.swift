import Core
import Settings
import Testing

struct SkillFileTests {
    private static let name = "Skills/sums/SKILL.md"

    private func read(_ text: String, folder: String = "sums") -> SkillFile {
        SkillFile(text: text, folder: folder, name: Self.name)
    }

    /// A usable file with something of its own at the top level, in metadata and after the front matter.
    private func file(_ top: String = "", metadata: String = "", body: String = "") -> String {
        "---\nname: sums\ndescription: Adding numbers.\n\(top)metadata:\n  category: "
            + "mathematics\n\(metadata)---\n\(body)"
    }

    private func expect(
        _ text: String, _ sentences: String..., at location: SourceLocation = #_sourceLocation
    ) {
        let prefixed = sentences.map { "\(Self.name):\($0)" }
        #expect(read(text).problems.map(\.sentence) == prefixed, sourceLocation: location)
    }

    @Test func readsEverythingInTheFile() {
        let text = """
            ---
            name: sums
            description: >-
              Adding numbers,
              also long ones.
            license: CC0-1.0
            compatibility: any
            allowed-tools: none
            metadata:
              category: mathematics
              keywords: "plus, add ,, total of"
              includes: "carrying, long-sums"
              grader: number
              version: "3"
              status: draft
              author: somebody else's
            ---
            # Sums

            ## When to use
            Always.

            ## Instructions

            Add.
            ```
            ## no heading
            ```

            ## Examples
            - 1 + 1
            """
        let file = read(text)
        #expect(file.problems.map(\.sentence) == [])
        let expected = Skill(
            name: "sums", description: "Adding numbers, also long ones.", category: "mathematics",
            keywords: ["plus", "add", "total of"], includes: ["carrying", "long-sums"], version: "3", isActive: false,
            instructions: "Add.\n```\n## no heading\n```", grader: .number)
        #expect(file.skill == expected)
    }

    @Test func theSmallestFileGetsEveryDefault() {
        let file = read("---\nname: sums\ndescription: Adding.\n---\n")
        #expect(file.problems.map(\.sentence) == [])
        #expect(file.skill == Skill(name: "sums", description: "Adding."))
    }

    @Test func foreignLineEndsAndAByteOrderMarkDoNoHarm() {
        let text = file(body: "## Instructions\nAdd.\n")
        #expect(read("\u{FEFF}" + text.replacing("\n", with: "\r\n")).skill == read(text).skill)
        #expect(read(text).skill?.instructions == "Add.")
    }

    @Test(arguments: [
        "", "# Sums\n", "name: sums\n", "---\nname: sums\n", "\n---\nname: sums\n---\n", "--- x\na\n---\n",
    ])
    func aMissingFrontMatterIsTold(text: String) {
        expect(
            text,
            "1:1: the front matter is missing. Begin with a line of ---, then name: sums and description: …, "
                + "then another line of ---.")
        #expect(read(text).skill == nil)
    }

    @Test func wrongFrontMatterIsToldWithItsLineInTheFile() {
        expect(
            "---\nname: sums\ndescription: a: b\n---\n",
            "3:15: this is not YAML: mapping values are not allowed in this context. "
                + "Put texts with a colon in quotes, and check the indentation.")
        expect(
            "---\n- name\n---\n",
            "2:1: a group of settings belongs here, not a list. There are name, description, license, compatibility, "
                + "metadata, allowed-tools.")
        expect(
            "---\nname: sums\nname: sums\ndescription: a\n---\n",
            "2:1: name stands twice in the same group; this is the first of them. "
                + "Keep one of them, or give the other another name.")
        expect(
            file("metdata: {}\n"), "4:1: metdata: there is no such setting. Did you mean metadata?")
        #expect(read("---\n---\n").problems.count == 1)
    }

    @Test func aMissingNameOrDescriptionIsTold() {
        let advice = "Say what the skill covers and when it is needed; annotators read only this."
        expect("---\ndescription: a\n---\n", "2:1: name is missing. Write name: sums.")
        expect("---\nname: sums\n---\n", "2:1: description is missing. \(advice)")
        expect("---\nname: sums\ndescription:\n---\n", "2:1: description is missing. \(advice)")
        expect(
            "---\nname: sums\ndescription: \"  \"\n---\n", "3:14: description: the description says nothing. \(advice)")
        expect(
            "---\nname: sums\ndescription: [a]\n---\n",
            "3:14: description: a single value belongs here, not a list.",
            "3:14: description: the description says nothing. \(advice)")
    }

    @Test func aNameThatDiffersFromItsFolderIsTold() {
        let problems = read(file(), folder: "adding").problems
        #expect(
            problems.map(\.sentence) == [
                "\(Self.name):2:7: name: the name is sums, the folder is \"adding\". Make them equal."
            ])
    }

    @Test(arguments: ["Sums", "long_sums", "-sums", "sums-", "long--sums", "a.b", "ä", "a b"])
    func aNameOfAnotherFormIsRefused(name: String) {
        expect(
            "---\nname: \(name)\ndescription: a\n---\n",
            "2:7: name: \"\(name)\" is not a skill's name. Use up to 64 lower-case letters and digits, joined "
                + "by single "
                + "hyphens.")
    }

    @Test func aDescriptionMayBeAsLongAsTheFormAllows() {
        let file = { (length: Int) in "---\nname: sums\ndescription: \(String(repeating: "ä", count: length))\n---\n" }
        #expect(read(file(1_024)).problems.isEmpty)
        expect(
            file(1_025),
            "3:14: description: the description is 1025 characters long, the form allows 1024. "
                + "What experts must know belongs under ## Instructions.")
        expect(
            self.file("compatibility: \(String(repeating: "a", count: 501))\n"),
            "4:16: compatibility: the text is 501 characters long, the form allows 500.")
    }

    @Test func metadataIsChecked() {
        expect(
            file(metadata: "  grader: numbers\n"),
            "6:11: metadata.grader: there is no grader \"numbers\". Choose choice, number, exact or judge. "
                + "Did you mean number?")
        expect(
            file(metadata: "  status: ready\n"),
            "6:11: metadata.status: there is no status \"ready\". Choose active or draft.")
        expect(
            file(metadata: "  includes: \"Big Sums, carrying\"\n"),
            "6:13: metadata.includes: \"Big Sums\" is not a skill's name. Name skills as their folders are named.")
        expect(
            file(metadata: "  keywords: [plus, add]\n"),
            "6:13: metadata.keywords: metadata holds texts only. Write the list as one text: \"first, second\".")
        expect(
            file(metadata: "  category: \"Pure Maths\"\n").replacing("  category: mathematics\n", with: ""),
            "5:13: metadata.category: \"Pure Maths\" is not a category's name. "
                + "Use lower-case words joined by hyphens, such as mathematics.")
    }

    @Test func slipsInMetadataAreWarnedOfAndOthersNamesAreLetPass() {
        let slip = read(file(metadata: "  keyword: plus\n  author: somebody\n"))
        #expect(
            slip.problems.map(\.sentence) == [
                "\(Self.name):6:3: metadata.keyword: this is not one of Muster's settings. Did you mean keywords?"
            ])
        #expect(slip.problems.areOnlyWarnings)
        let number = read(file(metadata: "  version: 2\n"))
        #expect(
            number.problems.map(\.sentence) == [
                "\(Self.name):6:12: metadata.version: the form wants texts here. Write it in quotes: version: \"2\"."
            ])
        #expect(number.problems.areOnlyWarnings)
        #expect(number.skill?.version == "2")
    }

    @Test func variablesHaveNoMeaningInASkill() {
        let file = read("---\nname: sums\ndescription: Adding ${env.HOME}\n---\n")
        #expect(file.problems.isEmpty)
        #expect(file.skill?.description == "Adding ${env.HOME}")
    }
}
