import Yams

/// Parses YAML that nobody has vouched for: bounded in size and depth, without aliases, every error with its line.
enum YAMLText {
    /// A larger file is refused, in bytes.
    static let largest = 1 << 20
    /// Settings lie no deeper; the parser itself gives up at a depth of 1,000.
    static let deepest = 32

    /// The root of the file; nil and a problem if it cannot be read.
    ///
    /// - Parameter ifEmpty: what to do about a file without anything in it.
    static func parse(_ text: String, problems: ProblemList, ifEmpty: String) -> Node? {
        let refuse = { (line: Int, column: Int, found: String, fix: String) in
            problems.add(
                SettingsProblem(file: problems.file, line: line, column: column, path: "", found: found, fix: fix))
        }
        guard text.utf8.count <= largest else {
            refuse(0, 0, "the file is larger than \(largest >> 20) MiB", "Settings are small; is this the right file?")
            return nil
        }
        guard AliasScan(text).isHarmless else {
            refuse(0, 0, "the file is full of anchors and aliases", "They are not used here: write the settings out")
            return nil
        }
        do {
            let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
            let parser = try Parser(yaml: text, encoding: .utf8)
            guard let node = try parser.singleRoot() else {
                refuse(0, 0, "the file is empty", ifEmpty)
                return nil
            }
            // The parser owns the anchors; its nodes only know them as long as it lives.
            if let (node, found, fix) = withExtendedLifetime(parser, { flaw(of: node, depth: 0) }) {
                refuse(node.mark?.line ?? 0, node.mark?.column ?? 0, found, fix)
                return nil
            }
            return node
        } catch let error as YamlError {
            let flaw = YAMLFlaw(error)
            refuse(flaw.line, flaw.column, flaw.found, flaw.fix)
            return nil
        } catch {
            refuse(0, 0, "this is not YAML", "")
            return nil
        }
    }

    /// The first node that is too deep or has an anchor, in the order of the file.
    private static func flaw(of node: Node, depth: Int) -> (Node, String, String)? {
        if node.anchor != nil { return (node, "anchors and aliases are not used here", "Write the settings out") }
        if depth > deepest {
            return (node, "the settings are nested more than \(deepest) deep", "No setting lies that deep")
        }
        let within: [Node]
        switch node {
        case .scalar: return nil
        case .alias: return (node, "anchors and aliases are not used here", "Write the settings out")
        case .mapping(let mapping): within = mapping.flatMap { [$0.key, $0.value] }
        case .sequence(let sequence): within = Array(sequence)
        }
        for node in within {
            if let found = flaw(of: node, depth: depth + 1) { return found }
        }
        return nil
    }
}

/// What a YAML parser's error means to a person.
struct YAMLFlaw {
    var line = 0
    var column = 0
    var found: String
    var fix = ""

    init(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let during = (context?.text).map { " (\($0))" } ?? ""
            found = "this is not YAML: \(problem)\(during)"
            line = mark.line
            column = mark.column
            fix = Self.advice(for: problem)
        case .reader(let problem, let offset, _, let text):
            found = "this is not YAML: \(problem)"
            if let offset {
                let before = text.prefix(offset).unicodeScalars
                line = 1 + before.count { $0 == "\n" }
                column = 1 + before.reversed().prefix { $0 != "\n" }.count
            }
        case .duplicatedKeysInMapping(let keys, let context):
            found = "\((keys.first ?? "").asPathPart) stands twice in the same group; this is the first of them"
            line = context.mark.line
            column = context.mark.column
            fix = "Keep one of them, or give the other another name"
        default: found = "this is not YAML"
        }
    }

    private static func advice(for problem: String) -> String {
        switch problem {
        case "mapping values are not allowed in this context":
            "Put texts with a colon in quotes, and check the indentation"
        case "found character that cannot start any token":
            "Indent with spaces, not tabs; put texts with @ or ` in quotes"
        case "did not find expected key", "did not find expected '-' indicator": "Check the indentation"
        case "found undefined alias", "did not find expected alphabetic or numeric character":
            "Put texts that begin with * or & in quotes"
        default: ""
        }
    }
}
