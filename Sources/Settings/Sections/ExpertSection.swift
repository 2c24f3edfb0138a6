import Core

extension ExpertSpec {
    /// One entry of `experts:`; nil if it cannot be used at all.
    ///
    /// - Parameters:
    ///   - engine: what is written for all experts of kind local.
    ///   - backends: the servers that swap models, by name.
    init?(
        id: ExpertID, _ setting: Setting, engine: LocalEngineSettings = LocalEngineSettings(),
        backends: [String: BackendSpec] = [:]
    ) {
        guard let group = SettingGroup(setting, .expert) else {
            if setting.isEmpty { setting.refuse("the expert is not described", fix: "Write {base_url: …, model: …}") }
            return nil
        }
        let kind = group["kind"]?.choice(ExpertKind.self, "kind of expert") ?? .openai
        let limits = LimitsSection(group["limits"])
        var card = ExpertCard(id: id, kind: kind)
        card.model = group["model"]?.word() ?? ""
        card.context = group["context"]?.whole(1...100_000_000)
        card.price = Price(group["price"])
        card.activeParameters = group["active_parameters"]?.number(0...100_000)
        if group["sees_images"]?.flag() == true { card.abilities.insert(.images) }
        card.concurrent = limits.concurrent ?? Self.assumedConcurrency(kind, engine) ?? card.concurrent
        let address = group["base_url"]?.address() ?? Self.assumedAddress(kind, hasSocket: group.has("unix_socket"))
        // A model in this process has to be loaded too.
        let isNear = kind == .local || group.has("unix_socket") || address.map(HostText.isLoopback) ?? false
        self.init(
            card: card, baseURL: address, unixSocket: group["unix_socket"]?.socketPath(),
            caFile: group["ca_file"]?.word(), key: group["api_key"]?.secret(suggestion: "\(id)_KEY"),
            maximumOutput: group["max_output"]?.whole(1...10_000_000),
            clocks: ExpertClocks(group["clocks"], .clocks, isLoopback: isNear), keepAlive: group["keep_alive"]?.word(),
            script: kind == .scripted ? Script(group["script"]) : nil)
        // A model in this process that failed would fail the same way again.
        retries = limits.retries ?? (kind == .local ? 0 : retries)
        embeds = group["embeds"]?.flag() ?? false
        self.card.queue = limits.queue ?? card.queue
        self.card.hedge = HedgeRule(group["hedge"])
        batches = BatchTerms(group["batches"])
        backend = group["backend"].flatMap { BackendSpec.named($0, among: backends) }
        limits.apply(to: &clocks, beside: group["clocks"])
        checkFit(group)
    }

    /// How many questions it takes at a time if nothing is written; nil for what is usual.
    private static func assumedConcurrency(_ kind: ExpertKind, _ engine: LocalEngineSettings) -> Int? {
        switch kind {
        case .local: engine.answers
        case .scripted: 64  // it waits but does not work
        case .openai, .anthropic, .ollama: nil
        }
    }

    /// Where an API begins if nothing is written: Anthropic's and Ollama's have one usual place.
    private static func assumedAddress(_ kind: ExpertKind, hasSocket: Bool) -> String? {
        switch kind {
        case .ollama: hasSocket ? "http://localhost" : "http://127.0.0.1:11434"
        case .anthropic: hasSocket ? "http://localhost/v1" : "https://api.anthropic.com/v1"
        case .openai: hasSocket ? "http://localhost/v1" : nil
        case .local, .scripted: nil
        }
    }

    /// Whether everything is there that the kind needs, and nothing that it does not know.
    private func checkFit(_ group: SettingGroup) {
        let kind = card.kind
        if kind == .openai, baseURL == nil, !group.has("base_url") {
            group.refuseMissing("base_url", fix: "Say where its API begins: base_url: http://127.0.0.1:9001/v1")
        }
        if kind != .scripted, !group.has("model") {
            group.refuseMissing(
                "model",
                fix: kind == .local
                    ? "Name a GGUF file: model: models/….gguf" : "Say what its server calls it: model: …")
        }
        let foreign: [(name: String, belongs: Bool, fix: String)] = [
            ("script", kind == .scripted, "Write kind: scripted, or leave it out"),
            ("batches", kind == .openai, "Only kind: openai takes lists as batches: leave it out"),
            ("embeds", kind == .openai || kind == .ollama, "Only kinds openai and ollama embed: leave it out"),
            ("keep_alive", kind == .ollama, "Only kind: ollama keeps models loaded on request: leave it out"),
            ("base_url", kind != .scripted && kind != .local, "Nothing is connected to: leave it out"),
            ("unix_socket", kind != .scripted && kind != .local, "Nothing is connected to: leave it out"),
            ("ca_file", kind != .scripted && kind != .local, "Nothing is connected to: leave it out"),
            ("api_key", kind != .scripted && kind != .local, "Nothing is connected to: leave it out"),
        ]
        for (name, belongs, fix) in foreign where !belongs && group.has(name) {
            group[name]?.refuse("an expert of kind \(kind.rawValue) has no \(name)", fix: fix)
        }
        if let context = card.context, let output = maximumOutput, output >= context {
            group["max_output"]?.refuse(
                "\(output) tokens leave no room for a question in a context of \(context)",
                fix: "Write less than the context")
        }
    }
}

extension Price {
    /// `price:`, in dollars for a million tokens; free if nothing is written.
    init(_ setting: Setting?) {
        let group = SettingGroup(setting, .price)
        self.init(
            input: group?["input"]?.dollars(upTo: 100_000) ?? 0,
            output: group?["output"]?.dollars(upTo: 100_000) ?? 0,
            cached: group?["cached"]?.dollars(upTo: 100_000))
    }
}
