import Core

/// What a model can take, what it costs and how long it may take: all within what our settings allow.
extension LiteLLMImport {
    /// A number, and where it was written.
    private struct Written<Value> {
        var value: Value
        var place: String
    }

    mutating func limits(of model: Model) -> [(name: String, yaml: String)] {
        var settings = sizes(of: model)
        if let price = price(of: model) { settings.append(("price", price)) }
        if model.info["supports_vision"].isTrue { settings.append(("sees_images", "true")) }
        var limits: [String] = []
        if let most = model.parameters["max_parallel_requests"].whole, most > 0 {
            let what = "\(model.place): max_parallel_requests"
            limits.append("concurrent: \(within(1...10_000, Written(value: most, place: what)))")
        }
        let tries = first("num_retries", of: model, or: ["litellm_settings", "router_settings"]) { $0.whole }
        if let tries, tries.value >= 0 { limits.append("retries: \(within(0...10, tries))") }
        let time =
            first("timeout", of: model, or: ["router_settings"]) { $0.number }
            ?? first("request_timeout", of: nil, or: ["litellm_settings"]) { $0.number }
        if let time, time.value > 0 { limits.append("timeout: \(milliseconds(time))") }
        if !limits.isEmpty { settings.append(("limits", "{" + limits.joined(separator: ", ") + "}")) }
        let idle = model.parameters["stream_timeout"].number
        if let idle, idle > 0 {
            let written = Written(value: idle, place: "\(model.place): stream_timeout")
            settings.append(("clocks", "{idle: \(milliseconds(written))}"))
        }
        return settings
    }

    private mutating func sizes(of model: Model) -> [(name: String, yaml: String)] {
        var settings: [(name: String, yaml: String)] = []
        var context: Int?
        if let written = model.info["max_input_tokens"].whole ?? model.info["max_tokens"].whole, written > 0 {
            let size = within(1...100_000_000, Written(value: written, place: "\(model.place): its context"))
            settings.append(("context", String(size)))
            context = size
        }
        if let written = model.parameters["max_tokens"].whole ?? model.info["max_output_tokens"].whole, written > 0,
            !model.embeds
        {
            let most = within(1...10_000_000, Written(value: written, place: "\(model.place): its longest answer"))
            if most < context ?? .max {
                settings.append(("max_output", String(most)))
            } else {
                imported.note(
                    "\(model.place): an answer of \(most) tokens would leave no room for a question; left out.")
            }
        }
        return settings
    }

    // MARK: Prices

    private mutating func price(of model: Model) -> String? {
        let (parameters, info) = (model.parameters, model.info)
        let input = parameters["input_cost_per_token"].number ?? info["input_cost_per_token"].number
        let output = parameters["output_cost_per_token"].number ?? info["output_cost_per_token"].number
        guard input != nil || output != nil else { return nil }
        let place = "\(model.place): dollars for a token"
        return "{input: \(perMillion(input ?? 0, place)), output: \(perMillion(output ?? 0, place))}"
    }

    /// Dollars for a million tokens.
    private mutating func perMillion(_ dollars: Double, _ place: String) -> String {
        let bounded = within(0...0.1, Written(value: dollars, place: place))
        let price = (bounded * 1e12).rounded() / 1e6
        return price == price.rounded() ? String(Int(price)) : String(price)
    }

    // MARK: Bounds

    /// What a model says, else what the whole file says.
    private func first<Value>(
        _ name: String, of model: Model?, or sections: [String], _ read: (ForeignValue) -> Value?
    ) -> Written<Value>? {
        if let model, let value = read(model.parameters[name]) {
            return Written(value: value, place: "\(model.place): \(name)")
        }
        for section in sections {
            if let value = read(root[section][name]) { return Written(value: value, place: "\(section).\(name)") }
        }
        return nil
    }

    /// The nearest number that may stand here, with a note if that is another.
    private mutating func within<Value: Comparable>(_ range: ClosedRange<Value>, _ written: Written<Value>) -> Value {
        let nearest = min(max(written.value, range.lowerBound), range.upperBound)
        if nearest != written.value {
            imported.note(
                "\(written.place): \(written.value) does not fit, it goes from \(range.lowerBound) to "
                    + "\(range.upperBound) here; \(nearest) was written.")
        }
        return nearest
    }

    /// Seconds as we write them, from a millisecond to a day.
    private mutating func milliseconds(_ written: Written<Double>) -> String {
        "\(Int((within(0.001...86_400, written) * 1000).rounded()))ms"
    }
}
