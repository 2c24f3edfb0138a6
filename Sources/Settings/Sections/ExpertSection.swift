import Core

extension ExpertSpec {
    static let knownSettings = [
        "kind", "base_url", "unix_socket", "ca_file", "api_key", "model", "context", "max_output", "price",
        "active_parameters", "sees_images", "keep_alive", "limits", "clocks", "script",
    ]

    /// One entry of `experts:`; nil if it cannot be used at all.
    init?(id: ExpertID, _ setting: Setting) {
        guard let group = SettingGroup(setting, known: Self.knownSettings) else {
            if setting.isEmpty { setting.refuse("the expert is not described", fix: "Write {base_url: …, model: …}") }
            return nil
        }
        let kind = group["kind"]?.choice(ExpertKind.self) ?? .openai
        let limits = LimitSettings(group["limits"])
        var card = ExpertCard(id: id, kind: kind)
        card.model = group["model"]?.text() ?? ""
        card.context = group["context"]?.whole(1...100_000_000)
        card.price = Price(group["price"])
        card.activeParameters = group["active_parameters"]?.number(0...100_000)
        card.seesImages = group["sees_images"]?.flag() ?? false
        card.concurrent = limits.concurrent ?? (kind == .scripted ? 64 : 4)
        let address = group["base_url"]?.address()
        let isLoopback = address?.isLoopback ?? (group["unix_socket"] != nil)
        self.init(
            card: card, baseURL: address ?? Self.assumedAddress(kind, hasSocket: group["unix_socket"] != nil),
            unixSocket: group["unix_socket"]?.text(), caFile: group["ca_file"]?.text(),
            key: group["api_key"]?.secret(), maximumOutput: group["max_output"]?.whole(1...10_000_000),
            clocks: ExpertClocks(group["clocks"], isLoopback: isLoopback), retries: limits.retries ?? 2,
            keepAlive: group["keep_alive"]?.text(),
            script: kind == .scripted ? Script(group["script"]) : nil)
        if let timeout = limits.timeout {
            if group.has("clocks") {
                group["limits"]?.refuse("timeout and clocks are both set", fix: "Keep clocks.total")
            }
            clocks.total = timeout
        }
        checkNeeds(group, kind)
    }

    private static func assumedAddress(_ kind: ExpertKind, hasSocket: Bool) -> String? {
        switch kind {
        case .ollama: hasSocket ? "http://localhost" : "http://127.0.0.1:11434"
        case .anthropic: "https://api.anthropic.com/v1"
        case .openai: hasSocket ? "http://localhost/v1" : nil
        case .local, .scripted: nil
        }
    }

    private func checkNeeds(_ group: SettingGroup, _ kind: ExpertKind) {
        if kind == .openai, baseURL == nil, !group.has("base_url") {
            group.refuseMissing("base_url", fix: "Where does its API begin? base_url: http://127.0.0.1:9001/v1")
        }
        if kind != .scripted, card.model.isEmpty, !group.has("model") {
            let what = kind == .local ? "a GGUF file" : "what its server calls it"
            group.refuseMissing("model", fix: "model: \(what)")
        }
        if kind != .scripted, group.has("script") {
            group["script"]?.refuse("only a scripted expert has a script", fix: "Write kind: scripted, or leave it out")
        }
        if kind != .ollama, group.has("keep_alive") {
            group["keep_alive"]?.refuse("only Ollama keeps models loaded on request", fix: "Write kind: ollama, or leave it out")
        }
    }
}

/// `limits:` of an expert.
private struct LimitSettings {
    var concurrent: Int?
    var retries: Int?
    var timeout: Duration?

    init(_ setting: Setting?) {
        guard let setting, let group = SettingGroup(setting, known: ["concurrent", "retries", "timeout"]) else { return }
        concurrent = group["concurrent"]?.whole(1...10_000)
        retries = group["retries"]?.whole(0...10)
        timeout = group["timeout"]?.duration()
    }
}

extension Price {
    init(_ setting: Setting?) {
        self = .free
        guard let setting, let group = SettingGroup(setting, known: ["input", "output"]) else { return }
        input = group["input"]?.number(0...100_000) ?? 0
        output = group["output"]?.number(0...100_000) ?? 0
    }
}

extension ExpertClocks {
    /// A local server may have to load its model first: its first token may take ten minutes.
    private static let localFirstToken = Duration.seconds(600)

    init(_ setting: Setting?, isLoopback: Bool) {
        self.init()
        if isLoopback {
            firstToken = Self.localFirstToken
            total = .seconds(1_800)
        }
        guard let setting, let group = SettingGroup(setting, known: ["connect", "first_token", "idle", "total"]) else {
            return
        }
        connect = group["connect"]?.duration() ?? connect
        firstToken = group["first_token"]?.duration() ?? firstToken
        idle = group["idle"]?.duration() ?? idle
        total = group["total"]?.duration() ?? total
    }
}

extension Setting {
    /// An http or https address without a user, a password or a query.
    func address() -> String? {
        guard let text = text() else { return nil }
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else {
            refuse("the address does not begin with http:// or https://", fix: "Write it as http://127.0.0.1:9001/v1")
            return nil
        }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        if host.contains("@") {
            refuse("the address holds a user or password", fix: "Use api_key: \"${env.NAME}\"")
            return nil
        }
        guard !host.isEmpty, !host.hasPrefix(":"), !rest.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else {
            refuse("\"\(text)\" is not the address of an API", fix: "Write it as http://127.0.0.1:9001/v1")
            return nil
        }
        return text
    }
}

extension String {
    /// True for an address on this machine.
    var isLoopback: Bool {
        let host = drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
        return host.hasPrefix("127.") || host.hasPrefix("localhost") || host.hasPrefix("[::1]")
    }
}
