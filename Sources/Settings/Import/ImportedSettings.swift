/// What could be taken over from another program's configuration, and what could not.
public struct ImportedSettings: Sendable {
    /// An entry of `experts:`, its settings as YAML in order.
    struct Expert: Sendable {
        var id: String
        var settings: [(name: String, yaml: String)]
    }

    /// The program whose file it was.
    public let program: String
    var experts: [Expert] = []
    /// Entries of `routing:` by name, as YAML in one line.
    var routings: [(name: String, yaml: String)] = []
    var routes: [(name: String, yaml: String)] = []
    /// Variables that hold the keys of clients.
    var clientKeys: [String] = []
    /// What was left out or has to be done by hand, in sentences.
    public private(set) var notes: [String] = []

    init(program: String) { self.program = program }

    /// How many experts were taken over.
    public var expertCount: Int { experts.count }

    mutating func note(_ sentence: String) {
        if !notes.contains(sentence) { notes.append(sentence) }
    }

    /// A name that no other expert or route has, made of one that may hold anything.
    func freeName(like written: String) -> String {
        let plain = Self.name(from: written)
        let taken = Set(experts.map(\.id) + routes.map(\.name))
        guard taken.contains(plain) else { return plain }
        return (2...NamedSettings.most + 2).lazy.map { "\(plain.prefix(60))-\($0)" }.first { !taken.contains($0) } ?? plain
    }

    /// The nearest thing to a text that may be a name here.
    static func name(from written: String) -> String {
        let lowered = written.lowercased().map { NamedSettings.isName(String($0)) ? $0 : "-" }
        let name = String(lowered.prefix(64)).trimmingHyphens
        return name.isEmpty ? "expert" : name
    }

    /// The configuration as a person would write it, what is missing noted at its top.
    public var yaml: String {
        var lines = ["# Taken over from a configuration of \(program). Check it with: muster check --config FILE"]
        if !notes.isEmpty {
            lines.append("#")
            lines.append("# Not taken over, or to be done by hand:")
            for note in notes { lines.append("# - " + note.replacing("\n", with: " ")) }
        }
        lines += ["", "version: 1"]
        if !clientKeys.isEmpty {
            let keys = clientKeys.map { "\"${env.\($0)}\"" }.joined(separator: ", ")
            lines += ["", "server:", "  api_keys: [\(keys)]"]
        }
        lines += ["", experts.isEmpty ? "experts: {}" : "experts:"]
        for expert in experts {
            lines.append("  \(expert.id):")
            for setting in expert.settings { lines.append("    \(setting.name): \(setting.yaml)") }
        }
        for (section, entries) in [("routing", routings), ("routes", routes)] where !entries.isEmpty {
            lines += ["", "\(section):"] + entries.map { "  \($0.name): \($0.yaml)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var trimmingHyphens: String {
        var text = self[...]
        while text.first == "-" { text.removeFirst() }
        while text.last == "-" { text.removeLast() }
        return String(text)
    }

    /// The text in double quotes, as YAML reads it back.
    var asYAML: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\" + String(scalar)
            case "\n": out += "\\n"
            case let control where control.value < 0x20 || control.value == 0x7F: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
