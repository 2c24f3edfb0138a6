public import Core
import Synchronization

/// Keeps feedback, and lets the profiles in use learn from it at once.
public final class LearningFeedback: FeedbackStore {
    /// So many of the latest judgements count; older ones are forgotten.
    public static let most = 10_000

    private struct State {
        var isLearning = false
        /// More came while it learned.
        var isBehind = false
    }

    private let store: any FeedbackStore & MarkStore
    private let shadows: (any ShadowStore)?
    private let live: LiveParts
    private let state = Mutex(State())

    /// - Parameter shadows: where answers of second experts are kept, which are learned from too; nil for nowhere.
    public init(
        _ store: any FeedbackStore & MarkStore, shadows: (any ShadowStore)? = nil, live: LiveParts
    ) {
        self.store = store
        self.shadows = shadows
        self.live = live
    }

    public func keep(_ feedback: Feedback) async throws {
        try await store.keep(feedback)
        learnSoon()
    }

    /// There is new evidence: profiles are built anew, once for all that comes meanwhile.
    public func learnSoon() {
        let isFirst = state.withLock { state in
            state.isBehind = state.isLearning
            state.isLearning = true
            return !state.isBehind
        }
        // Whoever judges does not wait for it; several judgements are learned together.
        if isFirst { Task { await learn() } }
    }

    public func judgedTraces(limit: Int) async throws -> [JudgedTrace] { try await store.judgedTraces(limit: limit) }

    private func learn() async {
        repeat {
            // What cannot be read now is read with the next judgement, or at the next start.
            if let marks = try? await store.marks(), let judged = try? await store.judgedTraces(limit: Self.most) {
                let shadows = (try? await shadows?.shadowAnswers(limit: Self.most)) ?? []
                live.current.profiles.rebuild(from: marks, judged: judged, shadows: shadows)
            }
        } while goesOn()
    }

    /// True if more came meanwhile.
    private func goesOn() -> Bool {
        state.withLock { state in
            state.isLearning = state.isBehind
            state.isBehind = false
            return state.isLearning
        }
    }
}
