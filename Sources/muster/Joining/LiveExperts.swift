import Core
import Server
import Settings
import Store

/// Lets the admin API add and remove experts: kept as by command, and met by the next question.
struct LiveExperts: ExpertDesk {
    let assembly: Assembly

    func added() async throws -> Set<ExpertID> {
        let configured = Set((assembly.current.now ?? assembly.configured).settings.experts.map(\.card.id))
        return Set(try await assembly.store.definitions().map(\.id)).subtracting(configured)
    }

    func add(_ id: ExpertID, definition: String, replaces: Bool) async throws {
        let settings = (assembly.current.now ?? assembly.configured).settings
        try await AddedExperts(store: assembly.store).add(
            id, definition: definition, replaces: replaces, beside: settings)
        _ = try await assembly.reload()
    }

    func remove(_ id: ExpertID) async throws {
        let settings = (assembly.current.now ?? assembly.configured).settings
        try await AddedExperts(store: assembly.store).remove(id, beside: settings)
        _ = try await assembly.reload()
    }
}
