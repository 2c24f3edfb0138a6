import Core

/// Takes over a `config.yaml` of LiteLLM's proxy: models become experts; names that several models share, and
/// fallbacks, become routes.
///
/// Source: LiteLLM's documentation of `model_list`, `litellm_settings`, `router_settings` and `general_settings`.
struct LiteLLMImport {
    /// An entry of `model_list` that can be asked here.
    struct Model {
        let index: Int
        /// The name it is listed under; others may have it too.
        let group: String
        /// Where it stands, for notes.
        let place: String
        let parameters: ForeignValue
        let info: ForeignValue
        let address: ProviderAddress
        /// What its server calls it.
        let name: String
        let embeds: Bool
        /// Its name among our experts.
        var id = ""
    }

    /// Models that clients ask for by one name.
    struct Group {
        let written: String
        let name: String
        /// Another group, of which one is asked if all of this one fail.
        let fallback: String?
        let isRoute: Bool
    }

    var imported = ImportedSettings(program: "LiteLLM")
    var models: [Model] = []
    var groups: [Group] = []
    /// What a key that stands in the file is exported as.
    var variables: [String: String] = [:]
    let root: ForeignValue
    private var names = ImportedNames()

    /// - Parameter root: the whole file.
    init(_ root: ForeignValue) { self.root = root }

    /// True if the file looks like one of LiteLLM's.
    static func recognises(_ root: ForeignValue) -> Bool {
        root["model_list"].isThere || root["litellm_settings"].isThere
    }

    func read() -> ImportedSettings {
        var copy = self
        if root["model_list"].count > NamedSettings.most {
            copy.imported.note("model_list: only its first \(NamedSettings.most) models were read.")
        }
        for (index, entry) in root["model_list"].elements.enumerated() {
            if let model = copy.model(entry, at: index) { copy.models.append(model) }
        }
        copy.nameGroups()
        copy.nameModels()
        for model in copy.models {
            let expert = copy.expert(model)
            copy.imported.experts.append(expert)
        }
        copy.takeRoutes()
        copy.takeClientKey()
        copy.noteTheRest()
        return copy.imported
    }

    /// The models of a group, in order.
    func members(of group: String) -> [Model] { models.filter { $0.group == group } }

    // MARK: Names

    private mutating func nameGroups() {
        var written: [String] = []
        for model in models where !written.contains(model.group) { written.append(model.group) }
        let given = names.take(all: written)
        let fallbacks = fallbacks(among: written)
        for group in written {
            let name = given[group] ?? group
            if name != group { imported.note("model_list (\(group.prefix(80)))", isCalled: name) }
            let answering = members(of: group).count { !$0.embeds }
            let isUsual = name == ImportedSettings.usualRoute
            groups.append(
                Group(
                    written: group, name: name, fallback: fallbacks[group],
                    isRoute: answering > 1 || (answering == 1 && (fallbacks[group] != nil || isUsual))))
        }
    }

    /// The name clients use belongs to the route, if there is one; else to the first model.
    private mutating func nameModels() {
        for group in groups {
            let places = models.indices.filter { models[$0].group == group.written }
            let bearer = group.isRoute ? nil : places.first { !models[$0].embeds } ?? places.first
            for place in places {
                let isFree = group.name != ImportedSettings.usualRoute
                if place == bearer, isFree {
                    models[place].id = group.name
                    continue
                }
                let number = place == places.first ? 1 : models[place].index + 1
                models[place].id = names.take(like: "\(group.name.prefix(56))-\(number)")
                if !isFree {
                    imported.note(
                        "\(models[place].place): \(group.name) is the route that always exists here; the model is "
                            + "called \(models[place].id)\(group.isRoute ? ", and the route asks it" : "").")
                } else if models[place].embeds {
                    imported.note(
                        "\(models[place].place): routes are for questions only; clients ask for "
                            + "\(models[place].id) to have texts embedded by this one.")
                }
            }
        }
    }

    // MARK: Experts

    private mutating func expert(_ model: Model) -> ImportedSettings.Expert {
        var expert = ImportedSettings.Expert(id: model.id, settings: [])
        if model.address.kind != .openai { expert.settings.append(("kind", model.address.kind.rawValue)) }
        if let url = model.address.baseURL { expert.settings.append(("base_url", url.asYAML)) }
        if let key = key(of: model) { expert.settings.append(("api_key", key.asYAML)) }
        expert.settings.append(("model", model.name.asYAML))
        if model.embeds { expert.settings.append(("embeds", "true")) }
        expert.settings += limits(of: model)
        return expert
    }
}
