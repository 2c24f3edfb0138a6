import Foundation
import Yams

/// Parses YAML that nobody has vouched for: bounded in size, without aliases, every error with its line.
enum YAMLText {
    /// A larger file is refused, in bytes.
    static let largest = 1 << 20
    /// Settings lie no deeper.
    static let deepest = 32

    /// The root of the file; nil and a problem if it cannot be read.
    static func parse(_ text: String, problems: ProblemList) -> Node? {
        let refuse = { (line: Int, column: Int, found: String, fix: String) in
            problems.add(
                SettingsProblem(file: problems.file, line: line, column: column, path: "", found: found, fix: fix))
        }
        guard text.utf8.count <= largest else {
            refuse(0, 0, "the file is larger than \(largest >> 20) MiB", "Settings are small; is this the right file?")
            return nil
        }
        guard depthIsSound(text) else {
            refuse(0, 0, "the settings are nested more than \(deepest) deep", "")
            return nil
        }
        do {
            guard let node = try Parser(yaml: text).singleRoot() else {
                refuse(0, 0, "the file is empty", "The smallest one names an expert: experts: {name: {base_url: …, model: …}}")
                return nil
            }
            if let anchored = firstAnchor(in: node) {
                refuse(anchored.mark?.line ?? 0, anchored.mark?.column ?? 0, "anchors and aliases are not used here", "Write the settings out")
                return nil
            }
            return node
        } catch let error as YamlError {
            let (line, column, problem) = place(of: error)
            refuse(line, column, "this is not YAML: \(problem)", "")
            return nil
        } catch {
            refuse(0, 0, "this is not YAML: \(error)", "")
            return nil
        }
    }

    private static func place(of error: YamlError) -> (Int, Int, String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, mark.column, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            return (context.mark.line, context.mark.column, "\(keys.map { "\($0)" }.joined(separator: ", ")) stands here twice")
        default: return (0, 0, "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable")
        }
    }

    /// Brackets and indentation are counted before parsing, so that a hostile file cannot exhaust the stack.
    private static func depthIsSound(_ text: String) -> Bool {
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
            if depth > 8 * deepest { return false }
        }
        return text.split(separator: "\n").allSatisfy { line in
            line.prefix { $0 == " " || $0 == "-" || $0 == "?" }.count <= 16 * deepest
        }
    }

    private static func firstAnchor(in node: Node, depth: Int = 0) -> Node? {
        if node.anchor != nil { return node }
        guard depth <= deepest else { return nil }
        switch node {
        case .scalar: return nil
        case .alias: return node
        case .mapping(let mapping):
            return mapping.lazy.compactMap {
                firstAnchor(in: $0.key, depth: depth + 1) ?? firstAnchor(in: $0.value, depth: depth + 1)
            }.first
        case .sequence(let sequence): return sequence.lazy.compactMap { firstAnchor(in: $0, depth: depth + 1) }.first
        }
    }
}
