import Core
import Foundation
import Settings

/// A text read as `config.yaml` would be, with everything that is said about it.
struct Reading {
    let settings: Settings
    let problems: [SettingsProblem]

    init(_ yaml: String, environment: [String: String] = [:]) {
        let file = SettingsFile(text: yaml, name: "config.yaml", environment: environment)
        settings = file.settings
        problems = file.problems
    }

    var sentences: [String] { problems.map(\.sentence) }
}

/// The repository that these tests lie in.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ name: String) -> String { root.appending(path: name).path }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: root.appending(path: name), encoding: .utf8)
    }
}

/// A folder of its own that is gone when the test is over.
final class ScratchFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with the folders that it needs; its whole path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

    @discardableResult
    func write(_ bytes: Data, to name: String) throws -> String {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        return file.path
    }
}
