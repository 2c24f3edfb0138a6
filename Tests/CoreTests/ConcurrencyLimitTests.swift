import Core
import Support
import Synchronization
import Testing

struct ConcurrencyLimitTests {
    @Test func neverLetsInMoreThanItsPlaces() async throws {
        let limit = ConcurrencyLimit(3)
        let inside = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    let place = try await limit.enter()
                    inside.enter()
                    await Task.yield()
                    inside.leave()
                    withExtendedLifetime(place) {}
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.most <= 3)
        #expect(inside.total == 200)
    }

    @Test func servesInTheOrderOfArrival() async throws {
        let limit = ConcurrencyLimit(1)
        let arrivals = Arrivals()
        var held: ConcurrencyLimit.Place? = try await limit.enter()
        try await withThrowingTaskGroup { group in
            for index in 0..<10 {
                group.addTask {
                    let place = try await limit.enter()
                    arrivals.order.withLock { $0.append(index) }
                    withExtendedLifetime(place) {}
                }
                while limit.waitingCount <= index { await Task.yield() }
            }
            #expect(held != nil)
            held = nil
            try await group.waitForAll()
        }
        #expect(arrivals.order.withLock { $0 } == Array(0..<10))
    }

    @Test func aCancelledWaiterGivesUpItsTurn() async throws {
        let limit = ConcurrencyLimit(1)
        var held: ConcurrencyLimit.Place? = try await limit.enter()
        let first = Task { _ = try await limit.enter() }
        while limit.waitingCount < 1 { await Task.yield() }
        let second = Task { _ = try await limit.enter() }
        while limit.waitingCount < 2 { await Task.yield() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(limit.waitingCount == 1)
        #expect(held != nil)
        held = nil
        try await second.value
    }

    @Test func aTaskCancelledBeforehandDoesNotWait() async throws {
        let limit = ConcurrencyLimit(1)
        let held = try await limit.enter()
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            _ = try await limit.enter()
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        withExtendedLifetime(held) {}
    }

    @Test func whoeverFindsTheQueueFullIsToldSo() async throws {
        let limit = ConcurrencyLimit(1, queue: 1)
        var held: ConcurrencyLimit.Place? = try await limit.enter()
        #expect(held?.position == 0)
        let waiting = Task { try await limit.enter().position }
        while limit.waitingCount < 1 { await Task.yield() }
        #expect(limit.enterAtOnce() == nil)
        await #expect(throws: ConcurrencyLimit.Full(waiting: 1)) { try await limit.enter() }
        held = nil
        #expect(try await waiting.value == 1)
    }

    @Test func aSmallerLimitIsReachedAsPlacesAreLeftAndALargerOneAtOnce() async throws {
        let limit = ConcurrencyLimit(2)
        var held = [try await limit.enter(), try await limit.enter()]
        limit.resize(to: 1)
        let third = Task { try await limit.enter() }
        while limit.waitingCount < 1 { await Task.yield() }
        held.removeLast()
        #expect(limit.waitingCount == 1 && limit.takenCount == 1)
        limit.resize(to: 2)
        let place = try await third.value
        #expect(limit.takenCount == 2)
        withExtendedLifetime((held, place)) {}
    }

    @Test func noPlaceIsLostInTheStorm() async throws {
        let limit = ConcurrencyLimit(2)
        await withTaskGroup { group in
            for index in 0..<300 {
                group.addTask {
                    let task = Task {
                        let place = try await limit.enter()
                        await Task.yield()
                        withExtendedLifetime(place) {}
                    }
                    if index % 2 == 0 { task.cancel() }
                    _ = try? await task.value
                }
            }
        }
        // Both places are free again.
        let places = [try await limit.enter(), try await limit.enter()]
        #expect(places.count == 2 && limit.waitingCount == 0)
    }
}

/// Counts who is inside.
private final class Counter: Sendable {
    private let state = Mutex((now: 0, most: 0, total: 0))

    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.total + 1) } }
    func leave() { state.withLock { $0.now -= 1 } }
    var most: Int { state.withLock { $0.most } }
    var total: Int { state.withLock { $0.total } }
}

/// Who came in, in order; shared by tasks.
private final class Arrivals: Sendable {
    let order = Mutex<[Int]>([])
}
