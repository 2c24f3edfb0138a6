import Foundation

/// The catalogue as `muster model pull --list` shows it.
enum CatalogueTable {
    private struct Row: Encodable {
        var name: String
        var aliases: [String]
        var summary: String
        var file: String
        var bytes: Int
        var sha256: String
        var license: String
        var sources: [String]
        /// What lies beside the file; then `path` is the folder of all.
        var companions: [Companion]
        /// nil if it is not here.
        var path: String?
    }

    private struct Companion: Encodable {
        var file: String
        var bytes: Int
        var sha256: String
    }

    static func print(asJSON: Bool) throws {
        if asJSON { return try Output.json(rows()) }
        var table = TextTable(["name", "size", "here", "what it is", "license"], sides: [.left, .right])
        for model in ModelCatalogue.all {
            table.add([
                model.aliases.first ?? model.id, model.bytes.asByteSize,
                ModelCache.find(model.id) == nil ? "no" : "yes",
                model.summary, model.license,
            ])
        }
        Output.lines(table.lines)
    }

    private static func rows() throws -> [Row] {
        let hub = try ModelHub(ProcessInfo.processInfo.environment)
        return ModelCatalogue.all.map { model in
            Row(
                name: model.id, aliases: model.aliases, summary: model.summary, file: model.fileName,
                bytes: model.bytes, sha256: model.sha256, license: model.license,
                sources: model.sources.map { $0.description(hub: hub) },
                companions: model.companions.map { Companion(file: $0.fileName, bytes: $0.bytes, sha256: $0.sha256) },
                path: ModelCache.find(model.id))
        }
    }
}
