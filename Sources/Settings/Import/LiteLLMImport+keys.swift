import Core

/// Keys: of models, and of clients. None that stands in the file is repeated.
extension LiteLLMImport {
    /// What people write where a server needs no key.
    private static let noKeys: Set<String> = ["none", "dummy", "fake", "sk-none", "empty", "not-needed"]

    /// `${env.NAME}` for the key of a model; nil if it has none.
    mutating func key(of model: Model) -> String? {
        guard let text = model.parameters["api_key"].text else { return usualKey(of: model) }
        guard !Self.noKeys.contains(text.lowercased()) else { return nil }
        if text.hasPrefix("os.environ/") { return reference(text, "\(model.place): its api_key") }
        let group = groups.first { $0.written == model.group }
        let isFirst = models.first { $0.group == model.group }?.index == model.index
        let name = variable(for: text, like: isFirst ? group?.name ?? model.id : model.id)
        imported.note(
            "\(model.place): its api_key stands in the file; export it as \(name), keys are read from the environment.")
        return "${env.\(name)}"
    }

    /// A variable that holds no other key.
    private mutating func variable(for key: String, like id: String) -> String {
        let upper = String(id.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        let plain = (upper.first?.isNumber == true ? "KEY_" : "") + upper
        var name = plain + "_KEY"
        var number = 2
        while let holder = variables[name], holder != key {
            name = "\(plain)_\(number)_KEY"
            number += 1
        }
        variables[name] = key
        return name
    }

    /// The variable that LiteLLM reads for the provider if a model names no key.
    private mutating func usualKey(of model: Model) -> String? {
        guard let variable = model.address.keyVariable else { return nil }
        // Who writes openai/… for a server of his own hardly wants his key of OpenAI's to go there.
        let isElsewhere =
            variable == "OPENAI_API_KEY" && model.address.baseURL?.hasPrefix("https://api.openai.com/") != true
        guard !isElsewhere else {
            imported.note(
                "\(model.place): it names no api_key, and LiteLLM would send \(variable) to its api_base; nothing is sent "
                    + "here: write api_key if the server needs one.")
            return nil
        }
        imported.note("\(model.place): it names no api_key; as with LiteLLM, \(variable) must hold it.")
        return "${env.\(variable)}"
    }

    /// `os.environ/NAME` as we write it; other texts stay.
    ///
    /// - Parameter what: whose text it is, for a note.
    mutating func reference(_ text: String, _ what: String) -> String {
        guard text.hasPrefix("os.environ/") else { return text }
        return "${env.\(variable(text, what))}"
    }

    /// The name in `os.environ/NAME`, or the nearest to it that may be one here.
    private mutating func variable(_ text: String, _ what: String) -> String {
        let written = String(text.dropFirst("os.environ/".count))
        let name = ImportedNames.variable(from: written)
        if name != written {
            imported.note("\(what): \(written.prefix(80)) is no name of a variable here; export it as \(name).")
        }
        return name
    }

    /// `general_settings.master_key`, which clients present.
    mutating func takeClientKey() {
        guard let master = root["general_settings"]["master_key"].text else { return }
        if master.hasPrefix("os.environ/") {
            imported.clientKeys = [variable(master, "general_settings.master_key")]
        } else {
            imported.clientKeys = ["MUSTER_API_KEY"]
            imported.note("general_settings.master_key: it stands in the file; export it as MUSTER_API_KEY.")
        }
    }
}
