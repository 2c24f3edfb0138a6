import Core
import Synchronization

/// Which batches are being worked on, and which come next: a few are answered side by side, and what takes no time (reading
/// a file, giving up, writing results) never waits for answers.
final class OpenBatches: Sendable {
    /// Batches that are answered side by side, and as many that are read or settled.
    static let most = 4
    /// Batches that are listed at a time.
    private static let page = 100

    private struct Held {
        var isAnswered: Bool
        /// Its lines under way.
        var lines: Task<Void, Never>?
    }

    private let store: any BatchStore
    private let held = Mutex<[String: Held]>([:])

    init(_ store: any BatchStore) { self.store = store }

    /// The batches to be worked on now, oldest first; each is held until it is given back. One that is being answered and is
    /// to be cancelled is interrupted.
    func take() async throws -> [Batch] {
        let open = try await all()
        return held.withLock { held in
            open.filter { batch in
                if let known = held[batch.id] {
                    if batch.status == .cancelling { known.lines?.cancel() }
                    return false
                }
                let isAnswered = batch.status == .inProgress
                guard held.values.count(where: { $0.isAnswered == isAnswered }) < Self.most else { return false }
                held[batch.id] = Held(isAnswered: isAnswered)
                return true
            }
        }
    }

    func giveBack(_ batch: String) { held.withLock { $0[batch] = nil } }

    /// Says which task answers lines of a batch, to be interrupted; nil once it has ended.
    func note(_ lines: Task<Void, Never>?, of batch: String) { held.withLock { $0[batch]?.lines = lines } }

    /// Every open batch, oldest first. All before the first one are closed: nobody reads further back.
    private func all() async throws -> [Batch] {
        guard let oldest = try await store.nextOpenBatch() else { return [] }
        var open: [Batch] = []
        var last: String?
        while true {
            let part = try await store.batches(after: last, limit: Self.page)
            for batch in part {
                if batch.status.isOpen { open.append(batch) }
                if batch.id == oldest.id { return open.reversed() }
            }
            guard part.count == Self.page else { return open.reversed() }
            last = part.last?.id
        }
    }
}
