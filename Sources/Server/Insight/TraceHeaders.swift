import Core
import HTTPTypes

/// What every answer says about its decision in its headers.
struct TraceHeaders: Sendable {
    /// Whether the short trace is among them.
    let showsTrace: Bool

    func of(_ trace: Trace) -> HTTPFields {
        var headers: HTTPFields = [
            .musterTraceID: trace.id, .musterRoute: JSONText.ascii(trace.route),
            .musterExperts: Self.list(trace.recruitment.experts), .musterSkills: Self.list(trace.need.distinctSkills),
            .musterSeed: String(trace.recruitment.seed),
        ]
        if showsTrace { headers[.musterTrace] = TraceDigest.json(of: trace) }
        return headers
    }

    /// Joined by commas; what does not fit into 1 KiB is left out.
    private static func list<Subject>(_ names: [Name<Subject>]) -> String {
        var text = ""
        for name in names {
            let name = JSONText.ascii(name.rawValue)
            let longer = text.isEmpty ? name : text + "," + name
            guard longer.utf8.count <= 1024 else { break }
            text = longer
        }
        return text
    }
}
