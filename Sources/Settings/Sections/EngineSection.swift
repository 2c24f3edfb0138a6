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
    }
}
