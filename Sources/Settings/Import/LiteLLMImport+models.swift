import Core

/// Who a model of LiteLLM's is, and where it is asked.
extension LiteLLMImport {
    /// An entry of `model_list`; nil, and a note, if it cannot be asked here.
    mutating func model(_ entry: ForeignValue, at index: Int) -> Model? {
        let parameters = entry["litellm_params"]
        let group = entry["model_name"].text ?? parameters["model"].text ?? "model-\(index + 1)"
        let place = "model_list[\(index)] (\(group.prefix(80)))"
        guard let written = parameters["model"].text else {
            imported.note("\(place): it has no litellm_params.model.")
            return nil
        }
        guard !group.contains("*"), !written.contains("*") else {
            imported.note("\(place): names with * are not known here; list each model.")
            return nil
        }
        guard !written.contains("${env.") else {
            imported.note("\(place): its model holds ${env.…}, which is a variable here; add it by hand.")
            return nil
        }
        guard let embeds = embeds(entry["model_info"]["mode"].text, place),
            let (address, name) = address(of: written, parameters, place)
        else { return nil }
        if embeds, address.kind == .anthropic {
            imported.note("\(place): it embeds, and nobody embeds in Anthropic's format; it was left out.")
            return nil
        }
        noteUnknown(entry, parameters, place)
        return Model(
            index: index, group: group, place: place, parameters: parameters, info: entry["model_info"],
            address: address, name: name, embeds: embeds)
    }

    /// Whether a model of a mode embeds; nil, and a note, if it neither embeds nor answers questions.
    private mutating func embeds(_ mode: String?, _ place: String) -> Bool? {
        switch mode {
        case nil, "chat", "batch": return false
        case "embedding": return true
        case "completion", "responses":
            imported.note("\(place): its mode is \(mode ?? ""); it is asked by chat completions here.")
            return false
        case let mode?:
            imported.note("\(place): its mode is \(mode.prefix(60)); only chat and embedding are known here, left out.")
            return nil
        }
    }

    /// The provider, as LiteLLM finds it, and what its server calls the model.
    private mutating func address(
        of written: String, _ parameters: ForeignValue, _ place: String
    ) -> (ProviderAddress, name: String)? {
        let base = parameters["api_base"].text ?? parameters["base_url"].text
        let custom = parameters["custom_llm_provider"].text
        let parts = written.split(separator: "/", maxSplits: 1).map(String.init)
        let first = parts.count == 2 ? parts[0] : nil
        var name = written
        var provider = custom
        if written.hasPrefix("os.environ/") {
            guard custom != nil || base != nil else {
                imported.note("\(place): a variable names its model and provider; write the expert by hand.")
                return nil
            }
            name = reference(written, "\(place): its model")
            imported.note(
                "\(place): the variable that names its model must hold what its server calls it, without a provider.")
        } else if let first, custom == first || (custom == nil && ProviderAddress.isProvider(first)) {
            // A provider written beside the model leaves its name as it is: a Hugging Face id has a slash of its own.
            provider = first
            name = parts[1]
        } else if custom == nil, first == nil {
            provider = written.hasPrefix("claude") ? "anthropic" : "openai"
            if provider == "openai", base == nil, !Self.looksLikeOpenAI(written) {
                imported.note("\(place): it names no provider; it was taken for a model of OpenAI's.")
            }
        }
        let known = provider.flatMap(ProviderAddress.init(litellm:))
        guard var address = known ?? unnamed(base, provider ?? first, name, place) else {
            imported.note(
                "\(place): provider \((provider ?? first ?? "").prefix(60)) speaks none of the formats known here "
                    + "(openai, anthropic, ollama).")
            return nil
        }
        if provider == "azure" { return azure(name, base, address, place) }
        if let base {
            guard let usable = usable(base, place) else { return nil }
            address = address.moved(to: usable)
        }
        guard address.kind != .openai || address.baseURL != nil else {
            imported.note("\(place): it has no api_base; its server's address must be written as base_url.")
            return nil
        }
        return (address, name)
    }

    /// A provider that is not known by name, with an address: most such servers imitate OpenAI's.
    private mutating func unnamed(
        _ base: String?, _ provider: String?, _ name: String, _ place: String
    ) -> ProviderAddress? {
        guard base != nil, !ProviderAddress.isForeign(provider ?? "") else { return nil }
        if let provider, provider != "os.environ" {
            imported.note(
                "\(place): \(provider.prefix(60)) is no provider that is known here; its server is asked in OpenAI's "
                    + "format for \(name.prefix(80)).")
        }
        return .unnamed
    }

    private static func looksLikeOpenAI(_ model: String) -> Bool {
        ["gpt-", "o1", "o3", "o4", "chatgpt-", "text-", "ft:", "codex"].contains(where: model.hasPrefix)
    }

    // MARK: Addresses

    /// An address as we write it; nil, and a note that does not repeat it, if it cannot be one here.
    private mutating func usable(_ base: String, _ place: String) -> String? {
        if base.hasPrefix("os.environ/") { return reference(base, "\(place): its api_base") }
        guard ForeignConfiguration.isAddress(base) else {
            imported.note(
                "\(place): its api_base is no address here (http or https, a host, no user, password or query); left out."
            )
            return nil
        }
        return base
    }

    /// Azure's v1 API, which is OpenAI's: the model is the deployment, the key a bearer token, no version is named.
    private mutating func azure(
        _ written: String, _ base: String?, _ address: ProviderAddress, _ place: String
    ) -> (ProviderAddress, name: String)? {
        let series = ["responses/", "o_series/", "gpt5_series/"].first(where: written.hasPrefix)
        let deployment = String(written.dropFirst(series?.count ?? 0))
        let base = base ?? "os.environ/AZURE_API_BASE"
        let url: String
        if base.hasPrefix("os.environ/") {
            let variable = reference(base, "\(place): its api_base")
            url = variable + "/openai/v1"
            imported.note("\(place): \(url) is asked; the variable must hold an address without a slash at its end.")
        } else {
            // What LiteLLM's users write may end with a deployment and a version.
            guard let plain = usable(String(base.prefix { $0 != "?" && $0 != "#" }), place) else { return nil }
            url = plain.upToOpenAI + "/openai/v1"
        }
        imported.note(
            "\(place): deployment \(deployment.prefix(80)) is asked by Azure's v1 API at \(url), which takes its key as a "
                + "bearer token, as it is sent here, and needs no api_version.")
        return (address.moved(to: url), deployment)
    }
}

extension ProviderAddress {
    fileprivate func moved(to url: String) -> ProviderAddress {
        var address = self
        address.baseURL = url
        return address
    }
}

extension String {
    /// An address without what follows `/openai` in its path, and without slashes at its end.
    fileprivate var upToOpenAI: String {
        let host = firstRange(of: "://")?.upperBound ?? startIndex
        let path = self[host...].firstIndex(of: "/") ?? endIndex
        var text = String(self[..<(self[path...].firstRange(of: "/openai")?.lowerBound ?? endIndex)])
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
