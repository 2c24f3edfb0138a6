import Core

extension Budget {
    /// One entry of `budgets:`
    init(_ setting: Setting) {
        self.init()
        guard let group = SettingGroup(setting, .budget) else { return }
        cost = group["cost"]?.dollars(upTo: 1_000_000)
        time = group["time"]?.duration()
        calls = group["calls"]?.whole(1...10_000)
    }
}
