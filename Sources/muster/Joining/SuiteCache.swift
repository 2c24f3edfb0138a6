import Bench
import Foundation

/// Where fetched suites are kept.
enum SuiteCache {
    private static var root: String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["MUSTER_CACHE"], !named.isEmpty { return named + "/suites" }
        if let named = environment["XDG_CACHE_HOME"], !named.isEmpty { return named + "/muster/suites" }
        return (environment["HOME"] ?? ".") + "/.cache/muster/suites"
    }

    static func folder(of suite: Suite) -> String { "\(root)/\(suite.id)" }

    static func path(of source: Suite.Source, in suite: Suite) -> String { "\(folder(of: suite))/\(source.fileName)" }
}
