import Core

/// Takes over a configuration of llama-swap: each model becomes an expert at llama-swap's own address, which goes on
/// starting and stopping the servers; or, where it is wanted, a GGUF file becomes a local expert.
///
/// Source: llama-swap's `config.example.yaml`.
struct LlamaSwapImport {
    private var imported = ImportedSettings(program: "llama-swap")
    private let root: ForeignValue
    private let server: String
    private let runsFilesHere: Bool

    /// - Parameters:
    ///   - server: where llama-swap answers, such as `http://127.0.0.1:8080/v1`.
    ///   - runsFilesHere: whether GGUF files are run by Muster's own engine.
    init(_ root: ForeignValue, server: String, runsFilesHere: Bool) {
        self.root = root
        self.server = server
        self.runsFilesHere = runsFilesHere
    }

    /// True if the file looks like one of llama-swap's.
    static func recognises(_ root: ForeignValue) -> Bool {
        root["models"].members.contains { $0.value["cmd"].isThere || $0.value["proxy"].isThere }
    }

    func read() -> ImportedSettings {
        var copy = self
        for (name, model) in root["models"].members { copy.take(name, model) }
        copy.noteTheRest()
        return copy.imported
    }

    private mutating func take(_ name: String, _ model: ForeignValue) {
        let id = imported.freeName(like: name)
        var expert = ImportedSettings.Expert(id: id, settings: [])
        let command = Self.words(model["cmd"].text ?? "")
        if runsFilesHere, let file = Self.option(["-m", "--model"], in: command), file.hasSuffix(".gguf") {
            expert.settings = [("kind", "local"), ("model", file.asYAML)]
        } else {
            if runsFilesHere { imported.note("models.\(name.prefix(60)): its command names no GGUF file; llama-swap runs it.") }
            expert.settings = [("base_url", server.asYAML), ("model", name.asYAML)]
        }
        if let context = Self.option(["-c", "--ctx-size"], in: command).flatMap({ Int($0) }), context > 0 {
            expert.settings.append(("context", String(context)))
        }
        if let most = model["concurrencyLimit"].whole, most > 0 {
            expert.settings.append(("limits", "{concurrent: \(most)}"))
        }
        imported.experts.append(expert)
        for alias in model["aliases"].elements.compactMap(\.text) { take(alias, for: id) }
        let handled: Set<String> = [
            "cmd", "cmdStop", "proxy", "aliases", "concurrencyLimit", "ttl", "env", "checkEndpoint", "name",
            "description", "unlisted", "macros", "metadata",
        ]
        for (member, _) in model.members where !handled.contains(member) {
            imported.note("models.\(name.prefix(60)).\(member.prefix(60)) was left out.")
        }
    }

    /// Another name for a model becomes a route to it.
    private mutating func take(_ alias: String, for id: String) {
        let name = imported.freeName(like: alias)
        imported.routings.append((name, "{strategy: fixed, members: [\(id)]}"))
        imported.routes.append((name, "{routing: \(name)}"))
    }

    private mutating func noteTheRest() {
        if !runsFilesHere, !imported.experts.isEmpty {
            imported.note("llama-swap goes on starting the servers: keep it running at \(server).")
        }
        for (section, _) in root.members where section != "models" && section != "$schema" {
            imported.note("\(section.prefix(60)) stays with llama-swap.")
        }
    }

    /// The words of a command, quotes taken off.
    private static func words(_ command: String) -> [String] {
        command.replacing("\\\n", with: " ").split(whereSeparator: \.isWhitespace).map { word in
            word.filter { $0 != "\"" && $0 != "'" }
        }
    }

    private static func option(_ names: [String], in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if names.contains(word), index + 1 < words.count { return words[index + 1] }
            for name in names where word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
        }
        return nil
    }
}
