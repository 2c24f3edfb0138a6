/// Which of llama-swap's models share a place, so that questions for one are asked together.
extension LlamaSwapImport {
    /// A group of llama-swap's, its defaults put in.
    private struct Group {
        var name: String
        var members: Set<String>
        /// One member at a time.
        var swaps: Bool
        /// Others are unloaded when a member is asked.
        var excludes: Bool
        /// Others do not unload it.
        var stays: Bool

        init(_ name: String, _ value: ForeignValue) {
            self.name = name
            members = Set(value["members"].elements.compactMap(\.text))
            swaps = !value["swap"].isFalse
            excludes = !value["exclusive"].isFalse
            stays = value["persistent"].isTrue
        }
    }

    /// Without groups llama-swap holds one model at a time. A group that neither unloads others nor is unloaded by them has
    /// a place of its own, or as many places as members.
    mutating func takeBackends() {
        let router = root["routing"]["router"]
        if root["matrix"].isThere || router["use"].text == "matrix" {
            imported.note(
                "matrix: which models fit together cannot be said here; all take turns. Raise holds under backends: if "
                    + "any two fit.")
        }
        let written = root["groups"].isThere ? root["groups"] : router["settings"]["groups"]
        let groups = written.members.map { Group($0.name, $0.value) }
        let grouped = groups.reduce(into: Set<String>()) { $0.formUnion($1.members) }
        let hasOthers = swapped.contains { !grouped.contains($0.model) }
        var alone: Set<String> = []
        var backends = ImportedNames()
        let main = backends.take(like: "llama-swap")
        for (index, group) in groups.enumerated() {
            let members = swapped.filter { group.members.contains($0.model) && !alone.contains($0.model) }
            let isUnloaded = groups.indices.contains { $0 != index && groups[$0].excludes } || hasOthers
            let unloads = group.excludes && swapped.contains { !group.members.contains($0.model) }
            let shown = "groups.\(group.name.prefix(60))"
            if !unloads, group.stays || !isUnloaded {
                alone.formUnion(group.members)
                if group.swaps { share(members, backends.take(like: group.name)) }
            } else if !group.swaps, members.count > 1 {
                imported.note(
                    "\(shown): its \(members.count) models are held together, which cannot be said beside others that "
                        + "unload them; they take turns in backend \(main).")
            }
        }
        share(swapped.filter { !alone.contains($0.model) }, main)
    }

    /// A backend that holds one of these at a time; a model alone never makes room for another.
    private mutating func share(_ models: [(model: String, expert: Int)], _ backend: String) {
        guard models.count > 1 else { return }
        imported.backends.append(backend)
        for model in models { imported.experts[model.expert].settings.append(("backend", backend)) }
    }
}
