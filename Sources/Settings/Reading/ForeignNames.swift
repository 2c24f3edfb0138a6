/// Names that people bring along from other gateways (litellm, llama-swap), and how the same thing is called here.
enum ForeignNames {
    /// The advice for a name that is known elsewhere; nil if it is not, or if ours does not belong in this group.
    static func advice(for name: String, known: [String]) -> String? {
        guard let ours = names[name] else { return nil }
        switch ours {
        case .called(let own): return known.contains(own) ? "\(name) is called \(own) here" : nil
        case .means(let words): return "\(name) is \(words) here"
        }
    }

    private enum Ours {
        /// A setting of the same group.
        case called(String)
        /// Anything else, in words.
        case means(String)
    }

    private static let names: [String: Ours] = [
        "api_base": .called("base_url"), "proxy": .called("base_url"), "url": .called("base_url"),
        "endpoint": .called("base_url"), "model_name": .called("model"), "max_tokens": .called("max_output"),
        "max_output_tokens": .called("max_output"), "max_input_tokens": .called("context"),
        "context_length": .called("context"), "ttl": .called("keep_alive"), "key": .called("api_key"),
        "mode": .called("strategy"), "temp": .called("temperature"),
        "model_list": .called("experts"), "models": .called("experts"), "providers": .called("experts"),
        "backends": .called("experts"), "agents": .called("experts"), "general_settings": .called("server"),
        "aggregator": .called("aggregation"), "strategies": .called("routing"), "router": .called("routing"),
        "timeout": .means("limits.timeout or clocks.total"), "request_timeout": .means("clocks.total"),
        "stream_timeout": .means("clocks.idle"), "num_retries": .means("limits.retries"),
        "max_parallel_requests": .means("limits.concurrent"), "rpm": .means("not limited; limits.concurrent is"),
        "tpm": .means("not limited; limits.concurrent is"),
        "input_cost_per_token": .means("price.input, in dollars for a million tokens,"),
        "output_cost_per_token": .means("price.output, in dollars for a million tokens,"),
        "litellm_params": .means("the expert's own settings (base_url, api_key, model)"),
        "router_settings": .means("routing and routes"), "litellm_settings": .means("routing and routes"),
        "master_key": .means("server.api_keys"), "fallbacks": .means("the fallback of a route"),
        "cmd": .means("not started by Muster: start the server yourself and name its base_url"),
    ]
}
