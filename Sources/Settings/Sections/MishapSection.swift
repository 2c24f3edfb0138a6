import Core

extension Script.Mishap {
    private static let choices = "Choose status, refuse, hang or cut_after"

    /// One entry of `mishaps:`; exactly one thing goes wrong in it.
    init?(_ setting: Setting) {
        guard let group = SettingGroup(setting, .mishap) else {
            if setting.isEmpty { setting.refuse("the mishap is empty", fix: Self.choices) }
            return nil
        }
        let named = ["status", "refuse", "hang", "cut_after"].filter(group.has)
        guard named.count == 1 else {
            setting.refuse(
                named.isEmpty ? "nothing goes wrong here" : "\(named.joined(separator: " and ")) cannot both happen",
                fix: Self.choices)
            return nil
        }
        if named != ["status"] {
            group["retry_after"]?.refuse(
                "only a status carries a wait", fix: "Write status: 429 or 503, or leave it out")
        }
        guard let failure = Self.failure(group) else { return nil }
        self.init(when: group["when"]?.text() ?? "", times: group["times"]?.whole(1...1_000_000), failure: failure)
    }

    private static func failure(_ group: SettingGroup) -> Script.Failure? {
        if let status = group["status"] {
            return status.whole(400...599).map {
                .status($0, retryAfter: group["retry_after"]?.duration(zero: .allowed))
            }
        }
        if let pieces = group["cut_after"] { return pieces.whole(0...1_000_000).map { .cut(afterPieces: $0) } }
        for (name, failure) in [("refuse", Script.Failure.refuse), ("hang", .hang)] {
            guard let setting = group[name], let isOn = setting.flag() else { continue }
            if isOn { return failure }
            setting.refuse("nothing goes wrong here", fix: "Write \(name): true, or leave the mishap out")
        }
        return nil
    }
}
