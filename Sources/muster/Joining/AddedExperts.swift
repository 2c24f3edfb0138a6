import Core
import Foundation
import Settings

/// Experts that were added by command: kept in the store as the text of a configuration entry, checked like one.
struct AddedExperts {
    let store: any ExpertRegistry

    /// Those that can be used; of an id that the configuration has too, the configuration's counts.
    func specs(besides configured: [ExpertID]) async throws -> [ExpertSpec] {
        var specs: [ExpertSpec] = []
        for (id, definition) in try await store.definitions() where !configured.contains(id) {
            let (spec, problems) = SettingsFile.expert(
                id, definition: definition, environment: ProcessInfo.processInfo.environment)
            if let fault = problems.fault(.invalidSettings) {
                Output.remark("muster: expert \(id) was added but cannot be used: \(fault.sentence)")
            } else if let spec {
                specs.append(spec)
            }
        }
        return specs
    }

    /// Checks an entry and keeps it.
    ///
    /// - Parameter replaces: whether it may take the place of one that was added before.
    func add(_ id: ExpertID, definition: String, replaces: Bool, beside settings: Settings) async throws {
        if settings.experts.contains(where: { $0.card.id == id }) {
            throw Fault(
                .invalidRequest, "expert \(id)", "stands in the configuration already",
                hint: "Change it there, or choose another id")
        }
        if settings.routes.contains(where: { $0.name.rawValue == id.rawValue }) {
            throw Fault(.invalidRequest, "expert \(id)", "a route is called that", hint: "Choose another id")
        }
        if !replaces, try await store.definitions().contains(where: { $0.id == id }) {
            throw Fault(
                .invalidRequest, "expert \(id)", "was added before",
                hint: "--replace takes its place; muster expert show \(id) shows it")
        }
        let (spec, problems) = SettingsFile.expert(
            id, definition: definition, environment: ProcessInfo.processInfo.environment)
        if let fault = problems.fault(.invalidSettings) { throw fault }
        guard spec != nil else { throw Fault(.invalidSettings, "expert \(id)", "is not described") }
        try await store.add(id, definition: definition)
    }

    func remove(_ id: ExpertID, beside settings: Settings) async throws {
        guard try await !store.remove(id) else { return }
        if settings.experts.contains(where: { $0.card.id == id }) {
            throw Fault(.invalidRequest, "expert \(id)", "stands in the configuration", hint: "Remove it there")
        }
        let known = try await store.definitions().map(\.id.rawValue)
        throw Fault.unknown(.unknownExpert, "expert", named: id.rawValue, among: known)
    }
}
