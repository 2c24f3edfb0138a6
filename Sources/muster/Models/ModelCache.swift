import ArgumentParser
import Foundation

/// The folder of fetched models.
enum ModelCache {
    /// `MUSTER_CACHE`, else the user's cache folder.
    static var root: String {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["MUSTER_CACHE"], !named.isEmpty { return named + "/models" }
        if let named = environment["XDG_CACHE_HOME"], !named.isEmpty { return named + "/muster/models" }
        return (environment["HOME"] ?? ".") + "/.cache/muster/models"
    }

    static func place(of reference: ModelReference) -> ModelPlace {
        let folder = reference.folder.isEmpty ? root : "\(root)/\(reference.folder)"
        return ModelPlace(folder: folder, fileName: reference.fileName, isCache: true)
    }

    /// The file of a model of the catalogue, by any of its names, or the folder of one that has several files; nil if
    /// there is no such model, or it is not here whole and checked.
    static func find(_ name: String) -> String? {
        guard let model = ModelCatalogue.model(named: name) else { return nil }
        let reference = ModelReference(model)
        let place = place(of: reference)
        let isHere = ([reference] + reference.companions).allSatisfy { file in
            file.sha256.map { VerifiedMark.stands(for: Self.place(of: file), sha256: $0) } ?? false
        }
        guard isHere else { return nil }
        return reference.companions.isEmpty ? place.path : place.folder
    }

    /// The file or folder that is meant where a model is expected: a path stays one, a name of the catalogue becomes its
    /// file.
    ///
    /// - Throws: an error that says how to pull a model that is known and not here.
    @Sendable static func path(for written: String) throws -> String {
        guard !FileManager.default.fileExists(atPath: written), let model = ModelCatalogue.model(named: written) else {
            return written
        }
        if let path = find(written) { return path }
        throw ValidationError("\(model.id) is not here yet. Fetch it: muster model pull \(written)")
    }
}
