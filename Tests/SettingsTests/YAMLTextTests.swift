import Foundation
import Settings
import Testing

/// What is said about files that are no YAML, or YAML that nobody should read.
struct YAMLTextTests {
    @Test(arguments: [
        (
            "experts:\n  a: {base_url: x: y}\n",
            "config.yaml:2:18: this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping)."
        ),
        (
            "server:\n  host: x: y\n",
            "config.yaml:2:10: this is not YAML: mapping values are not allowed in this context. Put texts with "
                + "a colon "
                + "in quotes, and check the indentation."
        ),
        (
            "server:\n\tport: 8080\n",
            "config.yaml:2:1: this is not YAML: found character that cannot start any token (while scanning for "
                + "the next "
                + "token). Indent with spaces, not tabs; put texts with @ or ` in quotes."
        ),
        (
            "server:\n  host: a\n port: 1\n",
            "config.yaml:3:2: this is not YAML: did not find expected key (while parsing a block mapping). "
                + "Check the indentation."
        ),
        (
            "server: {host: a\n",
            "config.yaml:2:1: this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping)."
        ),
        (
            "server: {host: *}\n",
            "config.yaml:1:17: this is not YAML: did not find expected alphabetic or numeric character (while scanning "
                + "an alias). Put texts that begin with * or & in quotes."
        ),
        (
            "server: {host: *elsewhere }\n",
            "config.yaml:1:16: this is not YAML: found undefined alias. Put texts that begin with * or & in quotes."
        ),
        (
            "server: {}\n---\nserver: {}\n",
            "config.yaml:2:1: this is not YAML: but found another document (expected a single document in the stream)."
        ),
        ("ünü: \u{1}\n", "config.yaml:1:6: this is not YAML: control characters are not allowed."),
    ])
    func saysWhereAFileCeasesToBeYAML(yaml: String, sentence: String) {
        #expect(Reading(yaml).sentences == [sentence])
    }

    @Test(arguments: [
        ("server: {port: 1}\nstore: {}\nserver: {port: 2}\n", "server"),
        ("experts:\n  a: {}\n  a: {}\n", "a"),
    ])
    func aNameThatStandsTwiceIsRefused(yaml: String, name: String) {
        let line = yaml.hasPrefix("server") ? "1:1" : "2:3"
        let sentence =
            "config.yaml:\(line): \(name) stands twice in the same group; this is the first of them. "
            + "Keep one of them, or give the other another name."
        #expect(Reading(yaml).sentences == [sentence])
    }

    @Test(arguments: ["", "\n\n", "# nothing\n", "---\n", "~", "null\n", "\u{FEFF}"])
    func anEmptyFileIsToldTheSmallestUsefulOne(yaml: String) {
        let sentences = Reading(yaml).sentences
        #expect(sentences.count == 1)
        #expect(
            sentences.first?.hasSuffix(
                "the file is empty. The smallest one names an expert: experts: {name: {base_url: …, model: …}}.")
                == true)
    }

    @Test(arguments: [("- a\n- b\n", "a list"), ("hello\n", "a single value")])
    func aFileThatIsNoGroupIsToldWhatThereIs(yaml: String, kind: String) {
        let sentence =
            "config.yaml:1:1: a group of settings belongs here, not \(kind). There are version, server, store, telemetry, cache, "
            + "canaries, shadow, skills, embedder, engine, experts, backends, routing, aggregation, budgets, routes."
        #expect(Reading(yaml).sentences == [sentence])
    }

    @Test func aBombOfAliasesIsRefusedBeforeItIsRead() {
        var yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for (name, before) in zip("bcdefghi", "abcdefgh") {
            let many = [String](repeating: "*\(before)", count: 9).joined(separator: ", ")
            yaml += "\(name): &\(name) [\(many)]\n"
        }
        let sentence =
            "config.yaml: the file is full of anchors and aliases. They are not used here: write the settings out."
        #expect(Reading(yaml).sentences == [sentence])
    }

    @Test func aliasesAsNamesDoNotHoldUpTheReader() {
        var yaml = "a: &a {x: 1}\n"
        for (name, before) in zip("bcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxy") {
            yaml += "\(name): &\(name) {? *\(before) : 1, ? [*\(before)] : 2}\n"
        }
        #expect(Reading(yaml).sentences.count == 1)
    }

    @Test func evenOneAnchorIsRefusedWithItsPlace() {
        let sentence = "config.yaml:2:6: anchors and aliases are not used here. Write the settings out."
        #expect(Reading("experts:\n  a: &a {base_url: \"http://h/v1\", model: m}\n  b: *a\n").sentences == [sentence])
    }

    @Test func aHugeFileIsRefusedUnread() throws {
        let yaml = "# " + String(repeating: "x", count: 1 << 20)
        let sentence = "config.yaml: the file is larger than 1 MiB. Settings are small; is this the right file?"
        #expect(Reading(yaml).sentences == [sentence])

        let folder = try ScratchFolder()
        defer { folder.remove() }
        let path = try folder.write(yaml, to: "config.yaml")
        let file = SettingsFile(path: path, environment: [:])
        #expect(
            file.problems.map(\.sentence) == [
                "\(path): the file is larger than 1 MiB. config.example.yaml shows every setting; copy what you need."
            ])
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}")])
    func deepNestingIsRefusedWithoutACrash(opening: String, closing: String) {
        for depth in [40, 900, 20_000, 200_000] {
            let yaml = String(repeating: opening, count: depth) + String(repeating: closing, count: depth)
            #expect(Reading(yaml).sentences.count == 1, "\(depth)")
        }
        let shallow = "experts: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(
            Reading(shallow).sentences == [
                "config.yaml:1:42: the settings are nested more than 32 deep. No setting lies that deep."
            ])
    }

    @Test func aFileThatCannotBeReadIsTold() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let advice = "config.example.yaml shows every setting; copy what you need."
        let absent = "\(folder.path)/nowhere.yaml"
        let binary = try folder.write(Data([0xFF, 0xFE, 0x00]), to: "binary.yaml")
        for (path, found) in [
            (absent, "there is no such file, or it cannot be read"),
            (folder.path, "there is no such file, or it cannot be read"),
            (binary, "the file is not UTF-8 text"),
        ] {
            #expect(
                SettingsFile(path: path, environment: [:]).problems.map(\.sentence) == ["\(path): \(found). \(advice)"])
        }
    }

    @Test func aByteOrderMarkAndForeignLineEndsDoNoHarm() {
        let reading = Reading("\u{FEFF}server:\r\n  port: 9000\r\nexperts: {}\r\n")
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.server.port == 9_000)
    }
}
