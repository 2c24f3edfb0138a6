import Bench
import Core
import Foundation
import Settings

/// Where suites are described, and where their fetched files are kept.
enum SuiteCache {
    private static var root: String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["MUSTER_CACHE"], !named.isEmpty { return named + "/suites" }
        if let named = environment["XDG_CACHE_HOME"], !named.isEmpty { return named + "/muster/suites" }
        return (environment["HOME"] ?? ".") + "/.cache/muster/suites"
    }

    static func folder(of suite: Suite) -> String { "\(root)/\(suite.id)" }

    static func path(of part: SuiteSpec.Part, in suite: Suite) -> String { "\(folder(of: suite))/\(part.file)" }

    /// The folders that suites are read from: the named one, `Suites` here, and the one that came with the program.
    static func folders(_ named: String?) -> [String] {
        var folders = [named, "Suites"].compactMap { $0 }
        var above = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        // `.build/x86_64-unknown-linux-gnu/release/muster` lies four folders below the repository's.
        for _ in 0..<4 {
            above.deleteLastPathComponent()
            folders.append(above.appendingPathComponent("Suites").path)
            folders.append(above.appendingPathComponent("share/muster/Suites").path)
        }
        return folders
    }

    /// The suite of this name.
    static func suite(_ name: String, folder: String?) throws -> Suite {
        try Suite(SuiteShelf(folders: folders(folder)).named(name))
    }
}
