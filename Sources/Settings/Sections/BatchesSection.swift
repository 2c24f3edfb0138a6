import Core

extension BatchTerms {
    /// `batches:` of an expert: its terms, or `true` for the usual ones; nil if it takes none.
    init?(_ setting: Setting?) {
        guard let setting, !setting.isEmpty, setting.written != "false" else { return nil }
        if setting.written == "true" {
            self.init()
            return
        }
        guard let group = SettingGroup(setting, .batches) else { return nil }
        self.init(
            price: group.has("price") ? Price(group["price"]) : nil, poll: group["poll"]?.duration() ?? .seconds(30))
    }
}
