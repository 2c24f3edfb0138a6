extension ImportedSettings {
    /// The configuration as a person would write it, what is missing noted at its top.
    public var yaml: String {
        var lines = ["# Taken over from a configuration of \(program). Check it with: muster check --config FILE"]
        if !notes.isEmpty {
            lines.append("#")
            lines.append("# Not taken over, or to be done by hand:")
            for note in notes { lines.append("# - " + note) }
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
        if !backends.isEmpty { lines += ["", "backends:"] + backends.map { "  \($0): {holds: 1}" } }
        if !routes.isEmpty {
            lines += ["", "routing:"] + routes.map { "  \($0.name): {\($0.plan)}" }
            lines += ["", "routes:"] + routes.map { "  \($0.name): {\($0.yaml)}" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ImportedSettings.Route {
    /// What stands under `routes:`.
    fileprivate var yaml: String {
        var parts = ["routing: \(name)"]
        if !experts.isEmpty { parts.append("experts: [\(experts.joined(separator: ", "))]") }
        if let fallback { parts.append("fallback: \(fallback)") }
        return parts.joined(separator: ", ")
    }
}

extension String {
    /// The text in double quotes, as YAML reads it back.
    var asYAML: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\" + String(scalar)
            case "\n": out += "\\n"
            case "\u{2028}", "\u{2029}": out += " "
            case let control where control.properties.generalCategory == .control: out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
