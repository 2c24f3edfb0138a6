/// Other names for llama-swap's models: each becomes a route.
extension LlamaSwapImport {
    /// - Parameters:
    ///   - models: all of the file, in order.
    ///   - ids: the names of those that became experts.
    mutating func takeAliases(of models: [(name: String, value: ForeignValue)], _ ids: [String: String]) {
        var known = Set(models.map(\.name))
        for (model, value) in models {
            guard let id = ids[model] else { continue }
            // Today's form is a group with an id, the older one the name alone.
            for alias in value["aliases"].elements { take(alias["id"].text ?? alias.text, of: model, id, &known) }
        }
    }

    /// - Parameter known: names of models, and aliases that were read; none is taken twice.
    private mutating func take(_ alias: String?, of model: String, _ id: String, _ known: inout Set<String>) {
        let place = "models.\(model.prefix(60))"
        guard let alias else { return imported.note("\(place): an alias without an id was left out.") }
        guard known.insert(alias).inserted else {
            if alias != model { imported.note("\(place): alias \(alias.prefix(60)) is another's name; left out.") }
            return
        }
        // It may be what the model is called here anyway.
        guard ImportedNames.name(from: alias) != id else { return }
        guard !embedding.contains(id) else {
            return imported.note(
                "\(place): alias \(alias.prefix(60)) was left out; routes are for questions, and the model embeds.")
        }
        let name = names.take(like: alias)
        if name != alias { imported.note("\(place): alias \(alias.prefix(60))", isCalled: name) }
        imported.routes.append(.fixed(name, to: id))
    }
}

extension ImportedSettings.Route {
    /// A route that asks one expert and nobody else.
    static func fixed(_ name: String, to id: String) -> ImportedSettings.Route {
        ImportedSettings.Route(name: name, plan: "strategy: fixed, members: [\(id)]")
    }
}
