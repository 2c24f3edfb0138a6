import Core
import Foundation
import Settings
import Testing

/// A file of another gateway's taken over, and read back as a configuration of ours.
struct Importing {
    let imported: ImportedSettings
    let settings: Settings
    let errors: [String]

    init(_ yaml: String, server: String? = nil, local: Bool = false) throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let path = try folder.write(yaml, to: "other.yaml")
        imported = try ForeignConfiguration(path: path).imported(server: server, runsFilesHere: local)
        // Every variable that is named holds something that an address, a key and a model may be.
        let named = imported.yaml.matches(of: /\$\{env\.([A-Za-z0-9_]+)\}/).map { String($0.1) }
        let environment = Dictionary(named.map { ($0, "http://h:1") }, uniquingKeysWith: { first, _ in first })
        let file = SettingsFile(text: imported.yaml, name: "imported", environment: environment)
        settings = file.settings
        errors = file.problems.filter { $0.severity == .error }.map(\.sentence)
    }

    /// A `model_list` of LiteLLM's with entries in YAML's short form, and what stands beside it.
    static func litellm(_ entries: String..., beside rest: String = "") throws -> Importing {
        try Importing("model_list:\n" + entries.map { "  - \($0)\n" }.joined() + rest)
    }

    var notes: [String] { imported.notes }
    var ids: [String] { settings.experts.map(\.card.id.rawValue) }

    func expert(_ id: ExpertID) throws -> ExpertSpec {
        try #require(settings.experts.first { $0.card.id == id }, "\(imported.yaml)")
    }

    func route(_ name: RouteName) throws -> Route {
        try #require(settings.routes.first { $0.name == name }, "\(imported.yaml)")
    }

    func hasNote(_ parts: String...) -> Bool { notes.contains { note in parts.allSatisfy(note.contains) } }
}
