package import Core
import Engine
import Foundation
import Kernels
import Synchronization

/// The models of this process, shared by all local experts: one set of threads computes for all of them, and together
/// they keep to the memory they were given.
package final class LocalModels: Sendable {
    /// What `engine:` says.
    package let settings: LocalEngineSettings
    private let files: ModelFiles
    private let shelf: ModelShelf<LocalModelKey, RunningModel>

    package init(_ settings: LocalEngineSettings, time: TimeSource, turns: ModelTurns = ModelTurns()) {
        self.settings = settings
        let team = SharedTeam(settings.threads)
        let experts = ExpertMemory(settings.expertCache)
        files = ModelFiles(experts: experts)
        shelf = ModelShelf(
            limit: settings.memory, turns: turns, time: time,
            load: { try RunningModel($0, experts: experts, slots: settings.answers, team: team.get()) },
            putAway: { $0.close() })
    }

    /// What loading has cost so far.
    package var statistics: LocalModelStatistics { shelf.statistics }

    /// Whether a model is in memory.
    func isReady(_ key: LocalModelKey) -> Bool { shelf.isReady(key) }

    /// What stands in the way of running a model; nil if nothing does. Looks at the file once until it changes.
    func obstacle(to key: LocalModelKey) async -> ModelObstacle? {
        do throws(ModelObstacle) {
            _ = try await bytes(of: key)
            return nil
        } catch {
            return error
        }
    }

    /// Weight experts of each layer, 0 for a dense one. Looks at the file once until it changes; loads nothing.
    func expertCounts(of key: LocalModelKey) async throws(ModelObstacle) -> [Int] {
        try await files.look(at: key.file).expertCounts
    }

    /// The model, once it is loaded and it is its turn; nobody puts it away while the lease is held.
    ///
    /// - Throws: `ModelObstacle`, `TokenizerRefusal`, `GGUFRefusal` or `CancellationError`.
    func use(_ key: LocalModelKey) async throws -> ModelLease<RunningModel> {
        try await shelf.use(key, bytes: try await bytes(of: key))
    }

    private func bytes(of key: LocalModelKey) async throws(ModelObstacle) -> Int {
        let bytes = try await files.look(at: key.file).bytes(answers: settings.answers, context: key.context)
        if let limit = settings.memory, bytes > limit { throw .tooLarge(needed: bytes, limit: limit) }
        return bytes
    }
}

/// The threads of all models, made when the first is loaded: a program without local experts has none.
private final class SharedTeam: Sendable {
    private let count: Int
    private let team = Mutex<ThreadTeam?>(nil)

    /// - Parameter count: nil for one on each core.
    init(_ count: Int?) { self.count = count ?? ProcessInfo.processInfo.activeProcessorCount }

    func get() throws(ModelObstacle) -> ThreadTeam {
        let made = team.withLock { team in
            team = team ?? ThreadTeam(threads: count)
            return team
        }
        guard let made else { throw .threads(count) }
        return made
    }
}
