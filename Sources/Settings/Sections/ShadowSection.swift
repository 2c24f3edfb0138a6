import Core

extension ShadowPolicy {
    /// `shadow:`; nil if it is left out: nobody is asked.
    init?(_ setting: Setting?, routes known: [RouteName], experts: ExpertNames) {
        guard let group = SettingGroup(setting, .shadow) else { return nil }
        guard let written = group["share"] else {
            group.refuseMissing("share", fix: "Say of how many questions a second expert is asked: share: 0.02")
            return nil
        }
        guard let share = written.number(0...1) else { return nil }
        self.init(share: share)
        routes = group["routes"]?.list().compactMap { Self.route($0, among: known) } ?? []
        self.experts = group["experts"]?.list().compactMap(experts.expert) ?? []
        dollarsPerDay = group["dollars_per_day"]?.dollars(upTo: 100_000) ?? dollarsPerDay
        callsPerDay = group["calls_per_day"]?.whole(1...10_000_000) ?? callsPerDay
        concurrent = group["concurrent"]?.whole(1...64) ?? concurrent
    }

    private static func route(_ setting: Setting, among known: [RouteName]) -> RouteName? {
        guard let name = setting.text() else { return nil }
        if known.contains(RouteName(name)) { return RouteName(name) }
        let meant = Setting.meant(name, among: known.map(\.rawValue))
        setting.refuse(
            "there is no route \(setting.written.quoted)",
            fix: meant.isEmpty ? "There are \(known.prefix(20).map(\.rawValue).joined(separator: ", "))" : meant)
        return nil
    }
}
