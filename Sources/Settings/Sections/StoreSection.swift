import Core

extension StoreLocation {
    /// `store:`
    init(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .store) else { return }
        path = group["path"]?.word() ?? path
        keepText = group["keep_text"]?.flag() ?? keepText
        keepTraces = group["keep_traces"]?.duration() ?? keepTraces
    }
}
