import Core
import Yams

/// One value of a YAML file with its place and path; reading it in the wrong way notes a problem and goes on.
struct Setting {
    let node: Node
    let path: String
    let problems: ProblemList
    let environment: [String: String]

    /// Notes a problem at this place.
    func refuse(_ found: String, fix: String = "", severity: SettingsProblem.Severity = .error) {
        problems.add(
            SettingsProblem(
                file: problems.file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, path: path, found: found,
                fix: fix, severity: severity))
    }

    /// The value as it stands, environment variables put in; nil and a problem if it is no single value.
    func text() -> String? {
        guard case .scalar(let scalar) = node else {
            refuse("a single value belongs here, not \(kind)")
            return nil
        }
        return substituted(scalar.string)
    }

    /// True if nothing was written: `key:` alone.
    var isEmpty: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    func whole(_ range: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard let value = Int(text), range.contains(value) else {
            refuse("\"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    func number(_ range: ClosedRange<Double>) -> Double? {
        guard let text = text() else { return nil }
        guard let value = Double(text), value.isFinite, range.contains(value) else {
            refuse("\"\(text)\" is not a number from \(range.lowerBound.short) to \(range.upperBound.short)")
            return nil
        }
        return value
    }

    func flag() -> Bool? {
        guard let text = text() else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            refuse("\"\(text)\" is neither true nor false")
            return nil
        }
    }

    /// One of the names of an enum.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice? where Choice.RawValue == String {
        guard let text = text() else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let meant = NearestName.of(text, among: names).map { " Did you mean \($0)?" } ?? ""
        refuse("there is no \"\(text)\" here", fix: "Choose \(names.joined(separator: ", ")).\(meant)")
        return nil
    }

    /// A span of time such as `250ms`, `30s`, `5m`, `2h`, `30d`.
    func duration() -> Duration? {
        guard let text = text() else { return nil }
        if let duration = DurationText.parse(text) { return duration }
        refuse("\"\(text)\" is not a span of time", fix: "Write it as 250ms, 30s, 5m, 2h or 30d")
        return nil
    }

    /// The elements; one single value counts as a list of one.
    func list() -> [Setting] {
        guard case .sequence(let sequence) = node else { return isEmpty ? [] : [self] }
        return sequence.enumerated().map { child($0.element, "\(path)[\($0.offset)]") }
    }

    func child(_ node: Node, _ path: String) -> Setting {
        Setting(node: node, path: path, problems: problems, environment: environment)
    }

    var kind: String {
        switch node {
        case .scalar: "a single value"
        case .mapping: "a group of settings"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// Puts `${env.NAME}` and `${env.NAME:-otherwise}` in.
    private func substituted(_ text: String) -> String? {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "${env.") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                refuse("${env. is not closed", fix: "Write ${env.NAME}")
                return nil
            }
            let inside = rest[start.upperBound..<end]
            let fallback = inside.range(of: ":-")
            let name = String(fallback.map { inside[..<$0.lowerBound] } ?? inside)
            if let value = environment[name] {
                result += value
            } else if let fallback {
                result += inside[fallback.upperBound...]
            } else {
                refuse("the environment variable \(name) is not set", fix: "Set it: export \(name)=…")
                return nil
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}

extension StringProtocol {
    /// The first place of a text, without Foundation.
    func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

extension Double {
    /// Without a needless `.0`.
    var short: String { Int(exactly: self).map(String.init) ?? String(self) }
}
