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
        self.init()
        if group.has("price") { price = Price(group["price"]) }
        poll = group["poll"]?.duration() ?? poll
    }
}
