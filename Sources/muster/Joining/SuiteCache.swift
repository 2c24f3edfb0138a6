import Bench
import Foundation

/// Where fetched suites are kept.
enum SuiteCache {
    static var folder: String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["MUSTER_CACHE"], !named.isEmpty { return named + "/suites" }
        if let named = environment["XDG_CACHE_HOME"], !named.isEmpty { return named + "/muster/suites" }
        return (environment["HOME"] ?? ".") + "/.cache/muster/suites"
    }

    static func path(of suite: Suite) -> String { "\(folder)/\(suite.id)/\(suite.source.fileName)" }
}
