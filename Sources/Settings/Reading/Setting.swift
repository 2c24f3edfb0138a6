import Core
import Yams

/// One value of a YAML file with its place and path; reading it in the wrong way notes a problem and goes on.
struct Setting {
    let node: Node
    let path: String
    let problems: ProblemList
    /// Nil where `${env.NAME}` has no meaning, as in a skill.
    let environment: EnvironmentText?

    init(node: Node, path: String, problems: ProblemList, environment: EnvironmentText?) {
        self.node = node
        self.path = path
        self.problems = problems
        self.environment = environment
        problems.remember(path, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }

    /// A value within this one.
    func child(_ node: Node, _ path: String) -> Setting {
        Setting(node: node, path: path, problems: problems, environment: environment)
    }

    /// Notes a problem at this place.
    func refuse(
        _ found: String, expected: String = "", fix: String = "", severity: SettingsProblem.Severity = .error
    ) {
        problems.add(
            SettingsProblem(
                file: problems.file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, path: path,
                found: found,
                expected: expected, fix: fix, severity: severity))
    }

    /// Notes something that is allowed but hardly meant.
    func warn(_ found: String, fix: String = "") { refuse(found, fix: fix, severity: .warning) }

    /// True if nothing was written: `key:` alone.
    var isEmpty: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    /// The single value as it stands in the file, for messages: what a variable holds is never shown.
    var written: String {
        guard case .scalar(let scalar) = node else { return "" }
        return scalar.string
    }

    var kind: String {
        switch node {
        case .scalar: "a single value"
        case .mapping: "a group of settings"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// Longer lists are refused.
    private static let mostElements = 10_000

    /// The elements; one single value counts as a list of one.
    func list() -> [Setting] {
        switch node {
        case .sequence(let sequence):
            guard sequence.count <= Self.mostElements else {
                refuse("the list has \(sequence.count) elements", fix: "At most \(Self.mostElements) are read")
                return []
            }
            return sequence.enumerated().map { child($0.element, "\(path)[\($0.offset)]") }
        case .mapping:
            refuse("a list belongs here, not \(kind)", fix: "Write [first, second]")
            return []
        case .scalar, .alias: return isEmpty ? [] : [self]
        }
    }

    /// The value, environment variables put in; nil and a problem if it is no single value.
    func text() -> String? {
        guard case .scalar(let scalar) = node else {
            refuse("a single value belongs here, not \(kind)")
            return nil
        }
        guard let environment else { return scalar.string }
        do throws(EnvironmentText.Obstacle) {
            return try environment.completed(scalar.string)
        } catch {
            refuse(error)
            return nil
        }
    }

    /// A text of one line that says something.
    func word() -> String? {
        guard let text = text() else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, text.contains(where: { !$0.isWhitespace }), text.utf8.count <= 4_096 else {
            refuse("\(written.quoted) is empty, too long or not on one line")
            return nil
        }
        return text
    }

    private func refuse(_ obstacle: EnvironmentText.Obstacle) {
        switch obstacle {
        case .open: refuse("${env. is not closed", fix: "Write ${env.NAME}")
        case .badName: refuse("${env.…} does not name a variable", fix: "Write ${env.NAME} with letters, digits and _")
        case .unset(let name):
            refuse(
                "the environment variable \(name.asPathPart) is not set",
                fix: "Set it (export \(name.asPathPart)=…) or write ${env.\(name.asPathPart):-otherwise}")
        }
    }
}
