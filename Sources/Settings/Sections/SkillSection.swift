import Core

extension SkillSettings {
    init(_ setting: Setting?) {
        guard let setting, let group = SettingGroup(
            setting,
            known: ["folder", "annotator", "votes", "filter", "unknown", "temperature", "instructions"])
        else { return }
        folder = group["folder"]?.text() ?? folder
        annotator = group["annotator"]?.text().flatMap { $0 == "lexical" ? nil : ExpertID($0) }
        votes = group["votes"]?.whole(1...25) ?? votes
        filter = group["filter"]?.choice(Filter.self) ?? filter
        unknown = group["unknown"]?.choice(Unknown.self) ?? unknown
        temperature = group["temperature"]?.number(0...2) ?? temperature
        instructions = group["instructions"]?.flag() ?? instructions
    }
}

extension EmbedderSettings {
    private enum Kind: String, CaseIterable { case hashed, openai }

    init(_ setting: Setting?) {
        self = .hashed
        guard let setting, let group = SettingGroup(
            setting, known: ["kind", "base_url", "model", "api_key", "ca_file", "clocks"])
        else { return }
        guard group["kind"]?.choice(Kind.self) == .openai else { return }
        guard let address = group["base_url"]?.address() else {
            if !group.has("base_url") { group.refuseMissing("base_url", fix: "Where does the endpoint begin? http://host:port/v1") }
            return
        }
        let card = ExpertCard(id: "embedder", kind: .openai, model: group["model"]?.text() ?? "")
        self = .openai(
            ExpertSpec(
                card: card, baseURL: address, caFile: group["ca_file"]?.text(), key: group["api_key"]?.secret(),
                clocks: ExpertClocks(group["clocks"], isLoopback: address.isLoopback)))
    }
}
