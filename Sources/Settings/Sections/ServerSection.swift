import Core

extension ServerSettings {
    /// `server:`
    init(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .server) else { return }
        host = group["host"]?.word() ?? host
        port = group["port"]?.whole(0...65_535) ?? port
        hosts = (group["hosts"]?.list() ?? []).compactMap { $0.hostName() }
        let written = group["api_keys"]?.list() ?? []
        keys = written.compactMap { $0.secret(suggestion: "MUSTER_API_KEY") }
        showTrace = group["show_trace"]?.choice(TraceDisplay.self, "place for traces") ?? showTrace
        metrics = group["metrics"]?.choice(MetricsDisplay.self, "audience for metrics") ?? metrics
        dashboard = group["dashboard"]?.flag() ?? dashboard
        maxBody = group["max_body"]?.size() ?? maxBody
        drain = group["drain"]?.duration(zero: .allowed) ?? drain
        adminKey = group["admin_key"]?.secret(suggestion: "MUSTER_ADMIN_KEY")
        if let adminKey, keys.contains(where: { $0.reveal() == adminKey.reveal() }) {
            group["admin_key"]?.refuse(
                "it is one of api_keys too", fix: "Clients must not hold it: set another variable")
        }
        if let limits = SettingGroup(group["limits"], .serverLimits) {
            self.limits = ServerLimits(limits)
            admission = AdmissionSettings(limits)
        }
        if written.isEmpty, hosts.contains("*"), HostText.isLoopback(host) {
            group["hosts"]?.warn(
                "pages of other sites can reach the service through a browser on this machine",
                fix: "Name the hosts that are meant, or set api_keys: [\"${env.MUSTER_API_KEY}\"]")
        }
        if written.isEmpty, !HostText.isLoopback(host) {
            group["host"]?.warn(
                "anybody who can connect from outside may ask, at your expense",
                fix:
                    "Set api_keys: [\"${env.MUSTER_API_KEY}\"], make keys with muster key create, or write host: 127.0.0.1"
            )
        }
    }
}

extension ServerLimits {
    /// `server.limits:`, what concerns connections.
    fileprivate init(_ group: SettingGroup) {
        self.init()
        connections = group["connections"]?.whole(1...1_000_000) ?? connections
        headerSize = group["header_size"]?.size(1 << 10...1 << 20) ?? headerSize
        headerCount = group["header_count"]?.whole(8...10_000) ?? headerCount
        headTime = group["head_time"]?.duration() ?? headTime
        bodyTime = group["body_time"]?.duration() ?? bodyTime
    }
}

extension AdmissionSettings {
    /// `server.limits:`, what concerns questions.
    fileprivate init(_ group: SettingGroup) {
        self.init()
        inFlight = group["in_flight"]?.whole(1...1_000_000) ?? inFlight
        queue = group["queue"]?.whole(0...1_000_000) ?? queue
        queueWait = group["queue_wait"]?.duration() ?? queueWait
    }
}
