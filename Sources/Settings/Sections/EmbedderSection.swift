import Core

extension EmbedderSettings {
    private enum Kind: String, CaseIterable { case hashed, openai }

    /// `embedder:`
    init(_ setting: Setting?) {
        self = .hashed
        guard let group = SettingGroup(setting, .embedder) else { return }
        guard group["kind"]?.choice(Kind.self, "kind of embedder") == .openai else {
            for name in ["base_url", "model", "api_key"] where group.has(name) && !group.has("kind") {
                group[name]?.refuse(
                    "the built-in embedder needs no \(name)", fix: "Write kind: openai, or leave it out")
            }
            return
        }
        if !group.has("base_url") {
            group.refuseMissing("base_url", fix: "Say where its API begins: base_url: http://127.0.0.1:9001/v1")
        }
        if !group.has("model") { group.refuseMissing("model", fix: "Say what its server calls it: model: …") }
        guard let address = group["base_url"]?.address() else { return }
        let card = ExpertCard(id: "embedder", kind: .openai, model: group["model"]?.word() ?? "")
        self = .openai(
            ExpertSpec(
                card: card, baseURL: address, caFile: group["ca_file"]?.word(),
                key: group["api_key"]?.secret(suggestion: "EMBEDDER_KEY"),
                clocks: ExpertClocks(group["clocks"], .embedderClocks, isLoopback: HostText.isLoopback(address))))
    }
}
