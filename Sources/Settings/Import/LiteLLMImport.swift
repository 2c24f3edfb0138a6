import Core

/// Takes over a `config.yaml` of LiteLLM's proxy: models become experts; names that several models share, and
/// fallbacks, become routes.
///
/// Source: LiteLLM's documentation of `model_list`, `litellm_settings`, `router_settings` and `general_settings`.
struct LiteLLMImport {
    private var imported = ImportedSettings(program: "LiteLLM")
    /// Experts by the model name they were listed under, in order.
    private var groups: [(name: String, experts: [String])] = []
    private let root: ForeignValue

    /// - Parameter root: the whole file.
    init(_ root: ForeignValue) { self.root = root }

    /// True if the file looks like one of LiteLLM's.
    static func recognises(_ root: ForeignValue) -> Bool {
        root["model_list"].isThere || root["litellm_settings"].isThere
    }

    func read() -> ImportedSettings {
        var copy = self
        for (index, model) in root["model_list"].elements.enumerated() { copy.take(model, at: index) }
        copy.takeRoutes()
        copy.takeKeys()
        copy.noteTheRest()
        return copy.imported
    }

    // MARK: Models

    private mutating func take(_ model: ForeignValue, at index: Int) {
        let parameters = model["litellm_params"]
        let name = model["model_name"].text ?? parameters["model"].text ?? "model-\(index + 1)"
        let place = "model_list[\(index)] (\(name.prefix(80)))"
        guard let written = parameters["model"].text else {
            return imported.note("\(place): it has no litellm_params.model.")
        }
        guard !name.contains("*"), !written.contains("*") else {
            return imported.note("\(place): names with * are not known here; list each model.")
        }
        let parts = written.split(separator: "/", maxSplits: 1).map(String.init)
        let base = parameters["api_base"].text ?? parameters["base_url"].text
        var provider = parameters["custom_llm_provider"].text ?? (parts.count == 2 ? parts[0] : nil)
        var modelName = parts.count == 2 ? parts[1] : written
        if provider == nil { provider = written.hasPrefix("claude") ? "anthropic" : "openai" }
        guard var address = ProviderAddress(litellm: provider ?? "") ?? unnamed(base) else {
            return imported.note(
                "\(place): provider \(provider ?? "") speaks none of the formats known here (openai, anthropic, ollama).")
        }
        // A name with a slash of its own, such as a Hugging Face id, is no provider.
        if ProviderAddress(litellm: provider ?? "") == nil { modelName = written }
        address.baseURL = base.map(reference) ?? address.baseURL
        if address.kind == .openai, address.baseURL == nil {
            return imported.note("\(place): it has no api_base; its server's address must be written as base_url.")
        }
        let id = imported.freeName(like: groups.contains { $0.name == name } ? "\(name)-\(index + 1)" : name)
        var expert = ImportedSettings.Expert(id: id, settings: [])
        if address.kind != .openai { expert.settings.append(("kind", address.kind.rawValue)) }
        if let url = address.baseURL { expert.settings.append(("base_url", url.asYAML)) }
        if let key = key(parameters["api_key"], for: id, place) { expert.settings.append(("api_key", key.asYAML)) }
        expert.settings.append(("model", modelName.asYAML))
        expert.settings += limits(parameters, model["model_info"], place)
        imported.experts.append(expert)
        if let group = groups.firstIndex(where: { $0.name == name }) {
            groups[group].experts.append(id)
        } else {
            groups.append((name, [id]))
        }
        noteUnknown(parameters, place)
    }

    /// A provider we do not know by name, with an address: most such servers imitate OpenAI's.
    private func unnamed(_ base: String?) -> ProviderAddress? {
        base == nil ? nil : ProviderAddress(litellm: "openai_like")
    }

    private func limits(
        _ parameters: ForeignValue, _ info: ForeignValue, _ place: String
    ) -> [(name: String, yaml: String)] {
        var settings: [(name: String, yaml: String)] = []
        if let context = info["max_input_tokens"].whole ?? info["max_tokens"].whole, context > 0 {
            settings.append(("context", String(context)))
        }
        if let most = parameters["max_tokens"].whole ?? info["max_output_tokens"].whole, most > 0 {
            // As much as the context would leave no room for a question.
            let context = info["max_input_tokens"].whole ?? info["max_tokens"].whole ?? Int.max
            if most < context { settings.append(("max_output", String(most))) }
        }
        let input = parameters["input_cost_per_token"].number ?? info["input_cost_per_token"].number
        let output = parameters["output_cost_per_token"].number ?? info["output_cost_per_token"].number
        if input != nil || output != nil {
            settings.append(("price", "{input: \(perMillion(input)), output: \(perMillion(output))}"))
        }
        if info["supports_vision"].isTrue { settings.append(("sees_images", "true")) }
        var limits: [String] = []
        if let most = parameters["max_parallel_requests"].whole, most > 0 { limits.append("concurrent: \(most)") }
        if let tries = parameters["num_retries"].whole ?? root["litellm_settings"]["num_retries"].whole
            ?? root["router_settings"]["num_retries"].whole, (0...20).contains(tries)
        {
            limits.append("retries: \(tries)")
        }
        if let seconds = parameters["timeout"].number ?? root["litellm_settings"]["request_timeout"].number, seconds > 0 {
            limits.append("timeout: \(milliseconds(seconds))")
        }
        if !limits.isEmpty { settings.append(("limits", "{" + limits.joined(separator: ", ") + "}")) }
        if let seconds = parameters["stream_timeout"].number, seconds > 0 {
            settings.append(("clocks", "{idle: \(milliseconds(seconds))}"))
        }
        return settings
    }

    /// Dollars for a million tokens.
    private func perMillion(_ dollars: Double?) -> String {
        let price = ((dollars ?? 0) * 1e12).rounded() / 1e6
        return price == price.rounded() && price < 1e9 ? String(Int(price)) : String(price)
    }

    private func milliseconds(_ seconds: Double) -> String { "\(Int(min(seconds, 86_400) * 1000))ms" }

    // MARK: Keys

    /// `os.environ/NAME` as we write it; other texts stay.
    private func reference(_ text: String) -> String {
        text.hasPrefix("os.environ/") ? "${env.\(text.dropFirst("os.environ/".count))}" : text
    }

    private mutating func key(_ value: ForeignValue, for id: String, _ place: String) -> String? {
        guard let text = value.text, !["none", "dummy", "fake", "sk-none", "empty", "not-needed"].contains(text.lowercased())
        else { return nil }
        if text.hasPrefix("os.environ/") { return reference(text) }
        let variable = id.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }
        let name = (variable.first?.isNumber == true ? "KEY_" : "") + String(variable) + "_KEY"
        imported.note("\(place): its api_key stands in the file; export it as \(name), keys are read from the environment.")
        return "${env.\(name)}"
    }

    private mutating func takeKeys() {
        guard let master = root["general_settings"]["master_key"].text else { return }
        if master.hasPrefix("os.environ/") {
            imported.clientKeys = [String(master.dropFirst("os.environ/".count))]
        } else {
            imported.clientKeys = ["MUSTER_API_KEY"]
            imported.note("general_settings.master_key: it stands in the file; export it as MUSTER_API_KEY.")
        }
    }

    // MARK: Routes

    private mutating func takeRoutes() {
        var fallbacks: [String: [String]] = [:]
        for settings in [root["litellm_settings"], root["router_settings"]] {
            for entry in settings["fallbacks"].elements {
                for (name, value) in entry.members { fallbacks[name] = value.elements.compactMap(\.text) }
            }
            for name in ["context_window_fallbacks", "content_policy_fallbacks"] where settings[name].isThere {
                imported.note("\(name): experts whose context is too small are passed over anyway; give each its context.")
            }
        }
        for index in groups.indices {
            let group = groups[index]
            let next = fallbacks[group.name]?.compactMap { name in groups.first { $0.name == name }?.experts.first } ?? []
            guard group.experts.count > 1 || !next.isEmpty else { continue }
            // The name clients use becomes the route's; the expert that had it moves aside.
            let name = ImportedSettings.name(from: group.name)
            var members = group.experts
            if let taken = imported.experts.firstIndex(where: { $0.id == name }) {
                let id = imported.freeName(like: "\(name)-1")
                imported.experts[taken].id = id
                members = members.map { $0 == name ? id : $0 }
                groups[index].experts = members
            }
            imported.routings.append((name, "{strategy: random, seats: 1}"))
            var yaml = "routing: \(name), experts: [\(members.joined(separator: ", "))]"
            if let first = next.first { yaml += ", fallback: \(first)" }
            imported.routes.append((name, "{\(yaml)}"))
            if next.count > 1 {
                imported.note("fallbacks of \(group.name): a route has one, \(next.dropFirst().joined(separator: ", ")) left out.")
            }
        }
        fixMovedFallbacks()
    }

    /// A fallback that was named before its expert moved aside.
    private mutating func fixMovedFallbacks() {
        let ids = Set(imported.experts.map(\.id))
        for index in imported.routes.indices {
            let words = imported.routes[index].yaml.components(after: "fallback: ")
            guard let name = words, !ids.contains(name), let group = groups.first(where: {
                ImportedSettings.name(from: $0.name) == name
            }), let first = group.experts.first else { continue }
            imported.routes[index].yaml = imported.routes[index].yaml.replacing("fallback: \(name)}", with: "fallback: \(first)}")
        }
    }

    // MARK: What is left

    private static let taken: Set<String> = [
        "model", "api_base", "base_url", "api_key", "custom_llm_provider", "max_tokens", "input_cost_per_token",
        "output_cost_per_token", "max_parallel_requests", "num_retries", "timeout", "stream_timeout",
    ]

    private mutating func noteUnknown(_ parameters: ForeignValue, _ place: String) {
        let names = parameters.members.map(\.name).filter { !Self.taken.contains($0) }
        for name in names {
            switch name {
            case "rpm", "tpm":
                imported.note("\(place): \(name) is not set by hand here; limits are learned from the server's answers.")
            default: imported.note("\(place): litellm_params.\(name.prefix(60)) was left out.")
            }
        }
    }

    private mutating func noteTheRest() {
        let known: [String: Set<String>] = [
            "litellm_settings": [
                "num_retries", "request_timeout", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks",
            ],
            "router_settings": ["num_retries", "fallbacks", "context_window_fallbacks", "content_policy_fallbacks"],
            "general_settings": ["master_key"],
        ]
        for (section, value) in root.members where section != "model_list" {
            guard let taken = known[section] else {
                imported.note("\(section.prefix(60)) was left out.")
                continue
            }
            for (name, _) in value.members where !taken.contains(name) {
                imported.note("\(section).\(name.prefix(60)) was left out.")
            }
        }
    }
}

extension String {
    /// The word after a mark, up to a comma or brace.
    fileprivate func components(after mark: String) -> String? {
        firstRange(of: mark).map { String(self[$0.upperBound...].prefix { $0 != "," && $0 != "}" }) }
    }
}
