import Core

extension EmbedderSettings {
    private enum Kind: String, CaseIterable { case hashed, openai }

    /// `embedder:`
    init(_ setting: Setting?) {
        self = .hashed
        guard let group = SettingGroup(setting, .embedder) else { return }
        let written = group["kind"]?.choice(Kind.self, "kind of embedder")
        // A kind that does not exist was refused already: what it would have needed is unknown.
        guard let kind = group.has("kind") ? written : .hashed else { return }
        guard kind == .openai else {
            for name in SettingNames.embedder.known where name != "kind" && group.has(name) {
                group[name]?.refuse(
                    "the built-in embedder needs no \(name)", fix: "Write kind: openai, or leave it out")
            }
            return
        }
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
