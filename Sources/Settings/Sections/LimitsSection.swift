import Core
import Yams

/// `limits:` of an expert.
struct LimitsSection {
    var concurrent: Int?
    var queue: Int?
    var retries: Int?
    /// A shorthand for `clocks.total`.
    private var timeout: Duration?
    private var place: Setting?

    init(_ setting: Setting?) {
        guard let group = SettingGroup(setting, .limits) else { return }
        concurrent = group["concurrent"]?.whole(1...10_000)
        queue = group["queue"]?.whole(0...1_000_000)
        retries = group["retries"]?.whole(0...10)
        timeout = group["timeout"]?.duration()
        place = group["timeout"]
    }

    /// Sets the total clock; written in both places it would be unclear which counts.
    func apply(to clocks: inout ExpertClocks, beside written: Setting?) {
        guard let timeout else { return }
        if case .mapping(let mapping)? = written?.node, mapping["total"] != nil {
            place?.refuse("timeout and clocks.total are the same clock", fix: "Keep clocks.total")
        }
        clocks.total = timeout
    }
}
