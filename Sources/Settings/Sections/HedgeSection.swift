import Core

extension HedgeRule {
    /// `hedge:` of an expert: a policy, or `never`.
    init(_ setting: Setting?) {
        guard let setting, !setting.isEmpty else {
            self = .asRoute
            return
        }
        self = setting.written == "never" ? .never : HedgePolicy(setting).map(HedgeRule.policy) ?? .asRoute
    }
}

extension HedgePolicy {
    /// `hedge:` of a route; nil if nothing usable is written.
    init?(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .hedge) else { return nil }
        guard let after = group["after"] else {
            group.refuseMissing("after", fix: "Say when another expert is asked too: after: p95, or after: 2s")
            return nil
        }
        guard let patience = Patience(after) else { return nil }
        self.init(after: patience, most: group["most"]?.whole(1...4) ?? 1)
    }
}

extension HedgePolicy.Patience {
    /// `p95` or `2s`.
    fileprivate init?(_ setting: Setting) {
        let text = setting.written
        if text.hasPrefix("p"), let percent = Int(text.dropFirst()), (50...99).contains(percent) {
            self = .quantile(Double(percent) / 100)
        } else if let time = DurationText.parse(text), time > .zero {
            self = .time(time)
        } else {
            setting.refuse(
                "\(text.quoted) is no time to wait for a first text",
                fix: "Write a time such as 2s, or a share of its answers from p50 to p99, such as p95")
            return nil
        }
    }
}
