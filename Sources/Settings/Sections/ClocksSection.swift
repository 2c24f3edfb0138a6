import Core

extension ExpertClocks {
    /// A server on this machine may have to load its model first: its first token may take ten minutes.
    private static let nearFirstToken = Duration.seconds(600)
    private static let nearTotal = Duration.seconds(1_800)

    /// `clocks:`
    init(_ setting: Setting?, _ names: SettingNames, isLoopback: Bool) {
        self.init()
        if isLoopback {
            firstToken = Self.nearFirstToken
            total = Self.nearTotal
        }
        guard let group = SettingGroup(setting, names) else { return }
        connect = group["connect"]?.duration() ?? connect
        firstToken = group["first_token"]?.duration() ?? firstToken
        idle = group["idle"]?.duration() ?? idle
        total = group["total"]?.duration() ?? total
        for (name, clock) in [("connect", connect), ("first_token", firstToken), ("idle", idle)]
        where group.has(name) && clock > total {
            group[name]?.warn("this is longer than the total clock, so it never fires", fix: "Raise total, or lower it")
        }
    }
}
