import Core

extension ServerSettings {
    /// `server:`
    init(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .server) else { return }
        host = group["host"]?.word() ?? host
        port = group["port"]?.whole(0...65_535) ?? port
        let written = group["api_keys"]?.list() ?? []
        keys = written.compactMap { $0.secret(suggestion: "MUSTER_API_KEY") }
        showTrace = group["show_trace"]?.choice(TraceDisplay.self, "place for traces") ?? showTrace
        maxBody = group["max_body"]?.size() ?? maxBody
        drain = group["drain"]?.duration(zero: .allowed) ?? drain
        limits = AdmissionSettings(group["limits"])
        if written.isEmpty, !HostText.isLoopback(host) {
            group["host"]?.warn(
                "anybody who can connect from outside may ask, at your expense",
                fix: "Set api_keys: [\"${env.MUSTER_API_KEY}\"], or write host: 127.0.0.1")
        }
    }
}

extension AdmissionSettings {
    /// `server.limits`
    fileprivate init(_ setting: Setting?) {
        self.init()
        guard let group = SettingGroup(setting, .serverLimits) else { return }
        inFlight = group["in_flight"]?.whole(1...1_000_000) ?? inFlight
        queue = group["queue"]?.whole(0...1_000_000) ?? queue
        queueWait = group["queue_wait"]?.duration() ?? queueWait
    }
}
