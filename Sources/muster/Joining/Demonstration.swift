import Bench
import Core
import Pipeline
import Store

/// Gives the scripted experts of the demonstration a record, so that routing has something to go by.
enum Demonstration {
    /// Questions of each skill that each expert is asked.
    private static let questions = 8

    /// Builds profiles if there are none; takes about a second, once for each store.
    static func prepare(_ assembly: Assembly) async throws {
        guard try await assembly.store.marks().isEmpty else { return }
        let order = ProfileRun.Order(
            experts: assembly.directory.experts.map(\.card.id), skills: assembly.skills.filter(\.isActive),
            limit: questions, seed: 1)
        let outcome = try await ProfileRun(
            directory: assembly.directory, marks: assembly.store, time: assembly.time
        ).run(order) { _ in }
        assembly.profiles.rebuild(from: outcome.marks)
        Output.remark(
            "muster: demonstration with scripted experts; \(outcome.marks.count) graded answers made their profiles")
    }
}
