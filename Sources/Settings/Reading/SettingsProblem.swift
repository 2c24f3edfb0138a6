public import Core

/// One thing that is wrong in a file, with its place and what to write instead.
public struct SettingsProblem: Sendable, Hashable, Codable {
    public enum Severity: String, Sendable, Hashable, Codable { case error, warning }

    public var file: String
    /// Counted from 1; 0 if the whole file is meant.
    public var line: Int
    public var column: Int
    /// Where in the file, such as `experts.math.limits.concurrent`; empty for the whole.
    public var path: String
    public var found: String
    /// What belongs there; empty if `found` says it all.
    public var expected: String
    /// What to do next; empty if there is nothing to add.
    public var fix: String
    /// A warning does not forbid going on.
    public var severity: Severity

    public init(
        file: String, line: Int = 0, column: Int = 0, path: String, found: String, expected: String = "",
        fix: String = "", severity: Severity = .error
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.found = found
        self.expected = expected
        self.fix = fix
        self.severity = severity
    }

    /// `config.yaml:12:5: experts.math.limits.concurent: there is no such setting. Did you mean concurrent?`
    public var sentence: String {
        let place = line > 0 ? "\(file):\(line):\(column):" : "\(file):"
        let subject = path.isEmpty ? "" : " \(path):"
        let sentences = [found, expected, fix].filter { !$0.isEmpty }.map { part in
            part.hasSuffix("?") || part.hasSuffix(".") || part.hasSuffix("…") ? part : part + "."
        }
        return "\(place)\(subject) \(sentences.joined(separator: " "))"
    }
}

extension [SettingsProblem] {
    /// True if nothing forbids going on.
    public var areOnlyWarnings: Bool { allSatisfy { $0.severity == .warning } }

    /// All errors as one fault; nil if there is none.
    public func fault(_ code: Fault.Code) -> Fault? {
        let errors = filter { $0.severity == .error }
        guard let first = errors.first else { return nil }
        let count = errors.count == 1 ? "there is a problem" : "there are \(errors.count) problems"
        return Fault(
            code, first.file, count, hint: "muster check shows them all",
            causes: errors.map { Fault(code, "", $0.sentence) })
    }
}
