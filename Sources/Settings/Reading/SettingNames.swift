/// The names that may stand in one group of settings. The loader knows no others, so this list is what the example and
/// the schema are compared with.
package struct SettingNames: Sendable, Hashable {
    /// Where such a group stands: `experts.*.limits`; `*` is a name of the user's, `[]` an element of a list.
    package let place: String
    /// Every name that may stand in it.
    package let known: [String]
    /// Names that are designed but not in this version.
    package let later: [String]

    init(_ place: String, _ known: [String], later: [String] = []) {
        self.place = place
        self.known = known
        self.later = later
    }

    /// Every group of `config.yaml`.
    package static let all: [SettingNames] = [
        .root, .server, .serverLimits, .store, .telemetry, .cache, .canaries, .shadow, .skills, .embedder,
        .embedderClocks, .engine, .expertCache, .expert, .price, .batches, .batchPrice, .limits, .clocks, .script,
        .line, .call, .mishap, .backend, .routing, .aggregation, .budget, .route, .hedge, .expertHedge,
    ]

    static let root = SettingNames(
        "",
        [
            "version", "server", "store", "telemetry", "cache", "canaries", "shadow", "skills", "embedder", "engine",
            "experts", "backends",
            "routing", "aggregation", "budgets", "routes",
        ])
    static let server = SettingNames(
        "server",
        [
            "host", "port", "hosts", "api_keys", "show_trace", "metrics", "dashboard", "max_body", "drain",
            "admin_key", "limits",
        ])
    static let serverLimits = SettingNames(
        "server.limits",
        [
            "connections", "header_size", "header_count", "head_time", "body_time", "in_flight", "queue", "queue_wait",
        ])
    static let store = SettingNames("store", ["path", "keep_text", "keep_traces"])
    static let cache = SettingNames("cache", ["life", "bytes"])
    static let canaries = SettingNames(
        "canaries", ["every", "questions", "baseline", "skills", "experts", "file"])
    static let shadow = SettingNames(
        "shadow", ["share", "routes", "experts", "dollars_per_day", "calls_per_day", "concurrent"])
    static let telemetry = SettingNames("telemetry", ["otlp", "headers", "service_name"])
    static let skills = SettingNames(
        "skills", ["folder", "annotator", "votes", "filter", "unknown", "temperature", "instructions"])
    static let embedder = SettingNames("embedder", ["kind", "base_url", "model", "api_key", "ca_file", "clocks"])
    static let embedderClocks = SettingNames("embedder.clocks", clocks.known)
    static let engine = SettingNames(
        "engine", ["threads", "memory", "answers", "context", "expert_cache"], later: ["gate"])
    static let expertCache = SettingNames("engine.expert_cache", ["policy", "bytes"])
    static let expert = SettingNames(
        "experts.*",
        [
            "kind", "base_url", "unix_socket", "ca_file", "api_key", "model", "context", "max_output", "price",
            "batches", "active_parameters", "sees_images", "embeds", "keep_alive", "backend", "limits", "clocks",
            "hedge", "script",
        ])
    static let price = SettingNames("experts.*.price", ["input", "output", "cached"])
    static let batches = SettingNames("experts.*.batches", ["price", "poll"])
    static let batchPrice = SettingNames("experts.*.batches.price", price.known)
    static let limits = SettingNames("experts.*.limits", ["concurrent", "queue", "retries", "timeout"])
    static let clocks = SettingNames("experts.*.clocks", ["connect", "first_token", "idle", "total"])
    static let script = SettingNames(
        "experts.*.script", ["lines", "knows", "otherwise", "delay", "pace", "mishaps"])
    static let line = SettingNames("experts.*.script.lines[]", ["when", "say", "call"])
    static let call = SettingNames("experts.*.script.lines[].call", ["name", "arguments"])
    static let mishap = SettingNames(
        "experts.*.script.mishaps[]", ["when", "times", "status", "retry_after", "refuse", "hang", "cut_after"])
    static let routing = SettingNames(
        "routing.*",
        ["strategy", "seats", "draw", "repeats", "normaliser", "seed", "members", "price_weight", "trim"],
        later: ["table", "otherwise", "order", "accept_at"])
    static let aggregation = SettingNames("aggregation.*", ["method", "weights", "by"])
    static let budget = SettingNames("budgets.*", ["cost", "time", "calls"])
    static let route = SettingNames(
        "routes.*", ["routing", "aggregation", "budget", "fallback", "experts", "retries", "hedge"])
    static let hedge = SettingNames("routes.*.hedge", ["after", "most"])
    static let expertHedge = SettingNames("experts.*.hedge", hedge.known)
    static let backend = SettingNames("backends.*", ["holds", "max_wait", "load_cost"])

    /// The top of a `SKILL.md`: the open Agent Skills form allows these and no others.
    static let skillFile = SettingNames(
        "", ["name", "description", "license", "compatibility", "metadata", "allowed-tools"])
    /// Ours within `metadata`; other tools may have theirs beside them.
    static let skillMetadata = SettingNames(
        "metadata", ["category", "keywords", "includes", "grader", "version", "status"])
}
