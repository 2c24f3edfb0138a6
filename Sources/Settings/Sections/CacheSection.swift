extension CacheSettings {
    /// `cache:`; nil if it is left out: nothing is kept.
    init?(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .cache) else { return nil }
        guard let written = group["life"] else {
            group.refuseMissing("life", fix: "Say how long an answer is good for: life: 10m")
            return nil
        }
        guard let life = written.duration() else { return nil }
        self.init(life: life)
        bytes = group["bytes"]?.size(1 << 20...1 << 40) ?? bytes
    }
}
