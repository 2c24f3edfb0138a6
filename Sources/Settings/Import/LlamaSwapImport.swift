import Core

/// Takes over a configuration of llama-swap: each model becomes an expert at llama-swap's own address, which goes on
/// starting and stopping the servers; or, where it is wanted, a GGUF file becomes a local expert.
///
/// Source: llama-swap's `config.example.yaml`; llama.cpp's server on what its options mean.
struct LlamaSwapImport {
    var imported = ImportedSettings(program: "llama-swap")
    /// The experts that llama-swap runs, by the names of the file.
    var swapped: [(model: String, expert: Int)] = []
    let root: ForeignValue
    private let server: String
    private let runsFilesHere: Bool
    var names = ImportedNames()
    /// Experts that embed: no route may name them.
    var embedding: Set<String> = []
    private var key: String?

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
        copy.key = copy.clientKey()
        let models = root["models"].members
        // Models keep their names, whatever aliases come before them.
        let given = copy.names.take(all: models.map(\.name))
        var ids: [String: String] = [:]
        for (name, model) in models { ids[name] = copy.take(name, model, as: given[name] ?? name) }
        copy.takeAliases(of: models, ids)
        copy.takeBackends()
        copy.noteTheRest()
        return copy.imported
    }

    // MARK: Models

    /// The expert's name; nil, and a note, for a model that answers no questions.
    private mutating func take(_ name: String, _ model: ForeignValue, as wanted: String) -> String? {
        let place = "models.\(name.prefix(60))"
        let command = CommandWords(
            LlamaSwapMacros(root, model: model, name: name).expanded(model["cmd"].text ?? ""))
        guard !command.has(["--rerank", "--reranking"]) else {
            imported.note("\(place): it reranks, which nobody does here; it was left out.")
            return nil
        }
        guard !name.contains("${env.") else {
            imported.note("\(place): its name holds ${env.…}, which is a variable here; add it by hand.")
            return nil
        }
        let embeds = command.has(["--embedding", "--embeddings"])
        var expert = ImportedSettings.Expert(id: wanted, settings: [])
        if wanted != name { imported.note(place, isCalled: wanted) }
        if wanted == ImportedSettings.usualRoute {
            expert.id = names.take(like: wanted + "-1")
            imported.note(
                "\(place): \(wanted) is the route that always exists here; the model is called \(expert.id)"
                    + (embeds ? "." : ", and the route asks it."))
            if !embeds { imported.routes.append(.fixed(wanted, to: expert.id)) }
        }
        if let file = localFile(command, embeds: embeds, place) {
            expert.settings = [("kind", "local"), ("model", file.asYAML)]
        } else {
            expert.settings = [("base_url", server.asYAML)]
            if let key { expert.settings.append(("api_key", "\"${env.\(key)}\"")) }
            expert.settings.append(("model", name.asYAML))
            if embeds {
                expert.settings.append(("embeds", "true"))
                embedding.insert(expert.id)
            } else {
                swapped.append((name, imported.experts.count))
            }
        }
        if let context = context(command, place) { expert.settings.append(("context", String(context))) }
        if let most = model["concurrencyLimit"].whole, most > 0 {
            if most > 10_000 { imported.note("\(place): concurrencyLimit goes up to 10000 here, not \(most).") }
            expert.settings.append(("limits", "{concurrent: \(min(most, 10_000))}"))
        }
        imported.experts.append(expert)
        noteUnknown(model, place)
        return expert.id
    }

    /// The GGUF file that our engine runs; nil if llama-swap goes on running the model.
    private mutating func localFile(_ command: CommandWords, embeds: Bool, _ place: String) -> String? {
        guard runsFilesHere else { return nil }
        guard !embeds else {
            imported.note("\(place): it embeds, which kind local does not; llama-swap runs it.")
            return nil
        }
        guard let file = command.value(of: ["-m", "--model"]), file.hasSuffix(".gguf") else {
            imported.note("\(place): its command names no GGUF file; llama-swap runs it.")
            return nil
        }
        if ["docker", "podman"].contains(command.words.first?.split(separator: "/").last.map(String.init)) {
            imported.note("\(place): its file is \(file.prefix(80)) within a container; name the one on this machine.")
        }
        // ${env.NAME} is the same variable here.
        guard !file.replacing("${env.", with: "").contains("${") else {
            imported.note(
                "\(place): its file is \(file.prefix(80)), and no macro says what that is; llama-swap runs it.")
            return nil
        }
        return file
    }

    /// Tokens for one question: llama.cpp shares its context out among the questions that it answers at a time, unless
    /// they have one cache together.
    private mutating func context(_ command: CommandWords, _ place: String) -> Int? {
        guard let whole = command.number(of: ["-c", "--ctx-size"]), whole > 0 else { return nil }
        let slots = command.number(of: ["-np", "--parallel"]) ?? 1
        let isShared = slots > 1 && !command.has(["-kvu", "--kv-unified"])
        if isShared, whole / slots > 0 {
            imported.note("\(place): each of its \(slots) questions at a time has \(whole / slots) of \(whole) tokens.")
        }
        let context = isShared ? whole / slots : whole
        return (1...100_000_000).contains(context) ? context : nil
    }

    // MARK: Keys

    /// The variable that holds a key of llama-swap's; nil if it wants none.
    private mutating func clientKey() -> String? {
        let keys = root["apiKeys"].elements.compactMap(\.text)
        guard !keys.isEmpty else { return nil }
        if let variable = keys.lazy.compactMap(EnvironmentText.onlyVariable).first { return variable }
        imported.note("apiKeys: llama-swap wants a key; export one of them as LLAMA_SWAP_API_KEY.")
        return "LLAMA_SWAP_API_KEY"
    }

    // MARK: What is left

    private mutating func noteUnknown(_ model: ForeignValue, _ place: String) {
        let handled: Set<String> = [
            "cmd", "cmdStop", "proxy", "aliases", "concurrencyLimit", "ttl", "env", "checkEndpoint", "name",
            "description", "unlisted", "macros", "metadata",
        ]
        for (member, _) in model.members where !handled.contains(member) {
            imported.note("\(place).\(member.prefix(60)) was left out.")
        }
    }

    private mutating func noteTheRest() {
        if imported.experts.contains(where: { !$0.settings.contains { $0 == ("kind", "local") } }) {
            imported.note("llama-swap goes on starting the servers: keep it running at \(server).")
            if ["http://127.0.0.1:8080/", "http://localhost:8080/"].contains(where: server.hasPrefix) {
                imported.note(
                    "Muster listens at port 8080 too if nothing else is said: start llama-swap at another one and name it "
                        + "with --server, or write server: {port: …}.")
            }
        }
        for (section, _) in root.members where !["models", "$schema", "macros", "apiKeys"].contains(section) {
            imported.note("\(section.prefix(60)) stays with llama-swap.")
        }
    }
}
