import Core

/// The experts that a configuration may refer to.
struct ExpertNames {
    let ids: [ExpertID]

    /// The expert that a setting names; nil and a problem if there is none.
    func expert(_ setting: Setting) -> ExpertID? { expert(setting, besides: nil) }

    /// The same, with one more word that stands for no expert.
    func expert(_ setting: Setting, besides word: String?) -> ExpertID? {
        guard let name = setting.text() else { return nil }
        if name == word { return nil }
        let id = ExpertID(name)
        if ids.contains(id) { return id }
        guard !setting.problems.isFull else { return nil }
        let known = ids.map(\.rawValue) + (word.map { [$0] } ?? [])
        let meant = Setting.meant(name, among: known)
        let shown = known.prefix(20).joined(separator: ", ")
        setting.refuse(
            "there is no expert \(setting.written.quoted)",
            fix: !meant.isEmpty ? meant : known.isEmpty ? "Add it under experts:" : "There are \(shown)")
        return nil
    }
}
