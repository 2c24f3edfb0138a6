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
}
