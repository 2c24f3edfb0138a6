/// What was not looked at is said.
extension LiteLLMImport {
    private static let taken: Set<String> = [
        "model", "api_base", "base_url", "api_key", "custom_llm_provider", "max_tokens", "input_cost_per_token",
        "output_cost_per_token", "max_parallel_requests", "num_retries", "timeout", "stream_timeout",
    ]

    /// Settings of a model that are not known here.
    mutating func noteUnknown(_ entry: ForeignValue, _ parameters: ForeignValue, _ place: String) {
        for (name, _) in entry.members where !["model_name", "litellm_params", "model_info"].contains(name) {
            noteUnknown(name, name, place)
        }
        for (name, _) in parameters.members where !Self.taken.contains(name) {
            noteUnknown(name, "litellm_params.\(name.prefix(60))", place)
        }
    }

    private mutating func noteUnknown(_ name: String, _ shown: String, _ place: String) {
        switch name {
        case "rpm", "tpm":
            imported.note("\(place): \(name) is not set by hand here; limits are learned from the server's answers.")
        default: imported.note("\(place): \(shown.prefix(80)) was left out.")
        }
    }

    /// Sections and settings for all models that are not known here.
    mutating func noteTheRest() {
        let fallbacks: Set = ["fallbacks", "default_fallbacks", "context_window_fallbacks", "content_policy_fallbacks"]
        let known: [String: Set<String>] = [
            "litellm_settings": fallbacks.union(["num_retries", "request_timeout"]),
            "router_settings": fallbacks.union(["num_retries", "timeout"]), "general_settings": ["master_key"],
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
