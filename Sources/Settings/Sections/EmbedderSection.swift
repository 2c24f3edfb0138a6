import Core

extension EmbedderSettings {
    private enum Kind: String, CaseIterable { case hashed, local, openai }

    /// `embedder:`
    init(_ setting: Setting?) {
        self = .hashed
        guard let group = SettingGroup(setting, .embedder) else { return }
        let written = group["kind"]?.choice(Kind.self, "kind of embedder")
        // A kind that does not exist was refused already: what it would have needed is unknown.
        guard let kind = group.has("kind") ? written : .hashed else { return }
        switch kind {
        case .hashed:
            for name in SettingNames.embedder.known where name != "kind" && group.has(name) {
                group[name]?.refuse(
                    "the built-in embedder needs no \(name)", fix: "Write kind: openai, or leave it out")
            }
        case .local: readLocal(group)
        case .openai: readEndpoint(group)
        }
    }

    private mutating func readLocal(_ group: SettingGroup) {
        for name in SettingNames.embedder.known where !["kind", "model"].contains(name) && group.has(name) {
            group[name]?.refuse(
                "an embedder in this process needs no \(name)", fix: "Write kind: openai, or leave it out")
        }
        guard group.has("model") else {
            group.refuseMissing(
                "model", fix: "Name a folder, or a model that muster model pull knows: model: all-minilm-l6-v2")
            return
        }
        if let model = group["model"]?.word() { self = .local(model: model) }
    }

    private mutating func readEndpoint(_ group: SettingGroup) {
        if !group.has("base_url") {
            group.refuseMissing("base_url", fix: "Say where its API begins: base_url: http://127.0.0.1:9001/v1")
        }
        if !group.has("model") { group.refuseMissing("model", fix: "Say what its server calls it: model: …") }
        let key = group["api_key"]?.secret(suggestion: "EMBEDDER_KEY")
        guard let address = group["base_url"]?.address() else { return }
        let card = ExpertCard(id: "embedder", kind: .openai, model: group["model"]?.word() ?? "")
        self = .openai(
            ExpertSpec(
                card: card, baseURL: address, caFile: group["ca_file"]?.word(),
                key: key,
                clocks: ExpertClocks(group["clocks"], .embedderClocks, isLoopback: HostText.isLoopback(address))))
    }
}
