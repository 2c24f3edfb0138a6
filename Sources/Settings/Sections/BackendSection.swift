import Core

extension BackendSpec {
    /// One entry of `backends:`
    init(name: String, _ setting: Setting) {
        self.init(name: name)
        guard let group = SettingGroup(setting, .backend) else { return }
        holds = group["holds"]?.whole(1...64) ?? holds
        maxWait = group["max_wait"]?.duration() ?? maxWait
        loadCost = group["load_cost"]?.duration(zero: .allowed) ?? loadCost
    }

    /// The one that an expert names; nil and a problem if there is none.
    static func named(_ setting: Setting, among known: [String: BackendSpec]) -> BackendSpec? {
        guard let name = setting.text() else { return nil }
        if let spec = known[name] { return spec }
        let meant = Setting.meant(name, among: known.keys.sorted())
        setting.refuse(
            "there is no \(setting.written.quoted) under backends:",
            fix: !meant.isEmpty ? meant : "Add it there: backends: {\(name.asPathPart): {holds: 1}}")
        return nil
    }
}
