import Core

extension LocalEngineSettings {
    /// `engine:`
    init(_ setting: Setting?) {
        self.init()
        guard let group = SettingGroup(setting, .engine) else { return }
        threads = group["threads"]?.whole(1...256)
        memory = group["memory"]?.size(1 << 20...1 << 50)
        answers = group["answers"]?.whole(1...64) ?? answers
        context = group["context"]?.whole(1...10_000_000) ?? context
        expertCache = group["expert_cache"].flatMap(ExpertCacheSettings.init)
    }
}

extension ExpertCacheSettings {
    /// `engine.expert_cache:`
    fileprivate init?(_ setting: Setting) {
        guard let group = SettingGroup(setting, .expertCache) else { return nil }
        let policy = group["policy"]?.choice(Policy.self, "policy")
        guard let size = group["bytes"] else {
            group.refuseMissing("bytes", fix: "Say what the experts of a model may use: bytes: 2GiB")
            return nil
        }
        guard let bytes = size.size(1 << 20...1 << 50) else { return nil }
        self.init(policy: policy ?? .leastRecent, bytes: bytes)
    }
}
