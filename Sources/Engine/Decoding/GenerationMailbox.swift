import Foundation

/// Where answers are asked for from any thread, and the loop takes them up.
final class GenerationMailbox: @unchecked Sendable {
    // `waiting` and `isClosed` change only while `condition` is locked.
    private let condition = NSCondition()
    private var waiting: [(GenerationRequest, GenerationTicket)] = []
    private var isClosed = false

    /// Leaves a request, unless the mailbox is closed. Tells whether it was taken.
    func put(_ request: GenerationRequest, _ ticket: GenerationTicket) -> Bool {
        condition.withLock {
            guard !isClosed else { return false }
            waiting.append((request, ticket))
            condition.signal()
            return true
        }
    }

    /// Takes up to `most` requests in their order. Without any it waits for one if `waits` says so; nil once closed.
    func take(most: Int, waits: Bool) -> [(GenerationRequest, GenerationTicket)]? {
        condition.withLock {
            while waits, waiting.isEmpty, !isClosed { condition.wait() }
            guard !isClosed else { return nil }
            let taken = Array(waiting.prefix(most))
            waiting.removeFirst(taken.count)
            return taken
        }
    }

    /// Requests that wait.
    var count: Int { condition.withLock { waiting.count } }

    /// Takes no more; those that waited are refused.
    func close() {
        let refused = condition.withLock {
            isClosed = true
            condition.broadcast()
            defer { waiting = [] }
            return waiting
        }
        for (_, ticket) in refused { ticket.fail(GenerationRefusal.closed) }
    }
}
