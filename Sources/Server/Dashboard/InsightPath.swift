/// What stands behind `/insight`: where the dashboard reads.
package enum InsightPath: Hashable {
    case service
    case live
    case traces
    case trace(String)
    case skills
    case marks
    case runs
    case run(String)

    /// Every path, as a client that took a wrong one is told.
    static let paths = [
        "/insight/service", "/insight/live", "/insight/traces", "/insight/traces/{id}", "/insight/skills",
        "/insight/marks", "/insight/runs", "/insight/runs/{id}",
    ]

    /// - Parameter parts: behind `/insight`.
    init?(_ parts: [String]) {
        switch (parts.first, parts.count) {
        case ("service", 1): self = .service
        case ("live", 1): self = .live
        case ("traces", 1): self = .traces
        case ("traces", 2): self = .trace(parts[1])
        case ("skills", 1): self = .skills
        case ("marks", 1): self = .marks
        case ("runs", 1): self = .runs
        case ("runs", 2): self = .run(parts[1])
        default: return nil
        }
    }
}
