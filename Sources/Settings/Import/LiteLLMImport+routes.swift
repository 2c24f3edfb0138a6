/// Names that several models share, and fallbacks: both are routes here.
extension LiteLLMImport {
    /// Those that are asked when others fail, by the name of what failed: a route has one.
    ///
    /// - Parameter groups: the names that models are listed under.
    mutating func fallbacks(among groups: [String]) -> [String: String] {
        var lists: [(name: String, targets: ForeignValue)] = []
        for section in ["litellm_settings", "router_settings"] {
            for entry in root[section]["fallbacks"].elements { lists += entry.members.map { ($0.name, $0.value) } }
            let others = root[section]["default_fallbacks"]
            if others.isThere { lists.append(("*", others)) }
            for name in ["context_window_fallbacks", "content_policy_fallbacks"] where root[section][name].isThere {
                imported.note(
                    "\(name): experts whose context is too small are passed over anyway; give each its context.")
            }
        }
        let answering = Set(models.filter { !$0.embeds }.map(\.group))
        var usual: [String] = []
        var found: [String: String] = [:]
        for (name, list) in lists {
            let shown = "fallbacks of \(name.prefix(80))"
            guard name == "*" || groups.contains(name) else {
                imported.note("\(shown): no model that was taken over has that name.")
                continue
            }
            guard name == "*" || answering.contains(name) else {
                imported.note("\(shown): it embeds, and routes are for questions only.")
                continue
            }
            let targets = known(list, among: answering, shown).filter { $0 != name }
            if name == "*" { usual = usual.isEmpty ? targets : usual } else { found[name] = targets.first }
            if targets.count > 1 {
                imported.note("\(shown): a route has one, \(targets.dropFirst().joined(separator: ", ")) left out.")
            }
        }
        for group in groups where found[group] == nil && answering.contains(group) {
            found[group] = usual.first { $0 != group }
        }
        return found
    }

    /// The names in a list that models answer to.
    private mutating func known(_ list: ForeignValue, among groups: Set<String>, _ shown: String) -> [String] {
        if list.elements.contains(where: { $0.text == nil }) {
            imported.note("\(shown): only names of models are read; others were left out.")
        }
        return list.elements.compactMap(\.text).filter { name in
            if groups.contains(name) { return true }
            imported.note("\(shown): no model that was taken over and answers questions is called \(name.prefix(80)).")
            return false
        }
    }

    mutating func takeRoutes() {
        for group in groups where group.isRoute {
            let members = members(of: group.written).filter { !$0.embeds }
            let fallback = group.fallback.flatMap { standIn($0, for: group) } ?? other(among: members, of: group)
            imported.routes.append(
                ImportedSettings.Route(
                    name: group.name, plan: "strategy: random, seats: 1", experts: members.map(\.id),
                    fallback: fallback))
        }
    }

    /// One of the group that is asked when another fails.
    private mutating func standIn(_ name: String, for group: Group) -> String? {
        let others = members(of: name).filter { !$0.embeds }
        guard let first = others.first else { return nil }
        if others.count > 1 {
            imported.note(
                "fallbacks of \(group.written.prefix(80)): of the \(others.count) models called \(name.prefix(80)) only "
                    + "\(first.id) is asked; a route has one fallback.")
        }
        let own = members(of: group.written).count { !$0.embeds }
        if own > 1 {
            imported.note(
                "\(group.written.prefix(80)): one of its \(own) models is drawn for each question; if it fails, "
                    + "\(first.id) is asked, its fallback.")
        }
        return first.id
    }

    /// One of a group's own models, so that another that fails costs nothing; nil if there is but one.
    private mutating func other(among members: [Model], of group: Group) -> String? {
        guard members.count > 1, let last = members.last else { return nil }
        imported.note(
            "\(group.written.prefix(80)): one of its \(members.count) models is drawn for each question; if it fails, "
                + "\(last.id) is asked. Where \(last.id) itself was drawn nobody stands in, until it rests after "
                + "failures in a row and is not drawn any more.")
        return last.id
    }
}
