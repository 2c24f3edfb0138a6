public import Core

/// `shadow:`, the questions of which a second expert is asked too, off their way, to learn from what it says.
public struct ShadowSettings: Sendable, Hashable {
    /// Of all questions that were answered, 0...1.
    public var share: Double
    /// Only these routes; empty for all.
    public var routes: [RouteName] = []
    /// Only these are asked; empty for all.
    public var experts: [ExpertID] = []
    /// What a day may cost at most, in dollars.
    public var dollarsPerDay = 1.0
    public var callsPerDay = 1_000
    /// Asked at a time; what comes meanwhile is passed over.
    public var concurrent = 2
}

extension ShadowSettings {
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
