import Core
import Experts
import Support
import Synchronization
import Testing

/// Who gets a model when there is no room for all; models here are names, each of one byte.
struct ModelShelfTests {
    private let time = ManualTime(.waits)

    private func shelf(_ limit: Int?, log: Log = Log()) -> ModelShelf<String, String> {
        ModelShelf(
            limit: limit, turns: ModelTurns(patience: .seconds(10), linger: .milliseconds(200)), time: time.source,
            load: { log.load($0) }, putAway: { log.putAway($0) })
    }

    @Test func loadsAModelOnceForAllWhoWait() async throws {
        let shelf = shelf(nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await shelf.use("a", bytes: 1) } }
            try await group.waitForAll()
        }
        #expect(shelf.statistics.loads == 1)
        #expect(shelf.statistics.putAways == 0)
    }

    @Test func batchesForTwoModelsUnderALimitOfOneLoadEachOnce() async throws {
        let shelf = shelf(1)
        // The first batch has the model; the second comes while it works.
        var lease: ModelLease<String>? = try await shelf.use("a", bytes: 1)
        let other = Task {
            for _ in 0..<20 { _ = try await shelf.use("b", bytes: 1) }
        }
        await until { shelf.waitingCount == 1 }
        for _ in 0..<20 {
            // Between two questions of a batch nobody has the model for a moment.
            lease = nil
            lease = try await shelf.use("a", bytes: 1)
        }
        #expect(lease?.model == "a")
        lease = nil
        try await end(of: other)
        #expect(shelf.statistics.loads == 2)
        #expect(shelf.statistics.putAways == 1)
    }

    @Test func nobodyWaitsForEver() async throws {
        let shelf = shelf(1)
        var leases = [try await shelf.use("a", bytes: 1)]
        // A finished task keeps what it returned, so these return names and give their leases back.
        let waiting = Task { try await shelf.use("b", bytes: 1).model }
        await until { shelf.waitingCount == 1 }
        time.advance(by: .seconds(9))
        // Before the turn is over the model takes whoever comes.
        leases.append(try await shelf.use("a", bytes: 1))
        time.advance(by: .seconds(1))
        let late = Task { try await shelf.use("a", bytes: 1).model }
        await until { shelf.waitingCount == 2 }
        #expect(shelf.statistics.putAways == 0, "a model in use stays")
        leases = []
        #expect(try await waiting.value == "b")
        #expect(shelf.waitingCount == 1)
        #expect(try await end(of: late) == "a")
        #expect(shelf.statistics.loads == 3)
    }

    @Test func whatWasNotAskedForTheLongestIsPutAwayFirst() async throws {
        let log = Log()
        let shelf = shelf(2, log: log)
        for key in ["a", "b", "a"] { _ = try await shelf.use(key, bytes: 1) }
        time.advance(by: .seconds(1))
        _ = try await shelf.use("c", bytes: 1)
        #expect(log.gone == ["b"])
        time.advance(by: .seconds(1))
        _ = try await shelf.use("b", bytes: 2)
        #expect(log.gone == ["b", "a", "c"])
    }

    @Test func aFailureIsToldToAllWhoWaitAndTheNextTriesAgain() async throws {
        struct Broken: Error {}
        let tries = Atomic(0)
        let shelf = ModelShelf<String, String>(
            limit: 1, turns: ModelTurns(), time: time.source,
            load: { name in
                if tries.add(1, ordering: .relaxed).newValue == 1 { throw Broken() }
                return name
            }, putAway: { _ in })
        await #expect(throws: Broken.self) { try await shelf.use("a", bytes: 1) }
        #expect(try await shelf.use("a", bytes: 1).model == "a")
        #expect(shelf.statistics.loads == 2)
    }

    @Test func whoLeavesTheQueueMakesWay() async throws {
        let shelf = shelf(1)
        var lease: ModelLease<String>? = try await shelf.use("a", bytes: 1)
        let impatient = Task { try await shelf.use("b", bytes: 1) }
        await until { shelf.waitingCount == 1 }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        lease = nil
        time.advance(by: .seconds(60))
        #expect(try await shelf.use("a", bytes: 1).model == "a")
        #expect(lease == nil && shelf.statistics.loads == 1)
    }

    @Test func everythingIsPutAwayAtTheEnd() async throws {
        let log = Log()
        do {
            let shelf = shelf(nil, log: log)
            for key in ["a", "b"] { _ = try await shelf.use(key, bytes: 1) }
        }
        #expect(log.gone.sorted() == ["a", "b"])
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func keepsToTheLimitAndNeverTakesAModelFromItsUser(seed: UInt64) async throws {
        // Names are sizes here; clocks jump, so that turns end at all times.
        let log = SizeLog()
        let shelf = ModelShelf<Int, Int>(
            limit: 10, turns: ModelTurns(), time: ManualTime().source,
            load: { size in
                let sum = log.load(size)
                #expect(sum <= 10)
                return size
            },
            putAway: { size in
                let users = log.putAway(size)
                #expect(users == 0)
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<8 as Range<UInt64> {
                group.addTask { try await Self.useAtRandom(shelf, log, seed: seed * 100 + caller) }
            }
            try await group.waitForAll()
        }
        #expect(shelf.waitingCount == 0)
    }

    private static func useAtRandom(_ shelf: ModelShelf<Int, Int>, _ log: SizeLog, seed: UInt64) async throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<25 {
            let size = Int.random(in: 1...8, using: &random)
            let lease = try await shelf.use(size, bytes: size)
            log.change(size, by: 1)
            await Task.yield()
            log.change(size, by: -1)
            #expect(lease.model == size)
        }
    }

    /// Waits for something that other tasks bring about.
    private func until(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }

    /// Lets time pass until a task ends.
    private func end<Result: Sendable>(of task: Task<Result, any Error>) async throws -> Result {
        let time = time
        let clock = Task {
            while !Task.isCancelled {
                time.advance(by: .milliseconds(200))
                await Task.yield()
            }
        }
        defer { clock.cancel() }
        return try await task.value
    }

    /// What was loaded and put away, in order.
    private final class Log: Sendable {
        private let names = Mutex<[String]>([])

        var gone: [String] { names.withLock { $0 } }

        func load(_ name: String) -> String { name }

        func putAway(_ name: String) { names.withLock { $0.append(name) } }
    }
    /// The models that are ready, by size, and how many use each.
    private final class SizeLog: Sendable {
        private let users = Mutex<[Int: Int]>([:])

        /// Sum of the sizes then.
        func load(_ size: Int) -> Int {
            users.withLock { users in
                users[size] = 0
                return users.keys.reduce(0, +)
            }
        }

        /// Who used it then; nil if it was not there.
        func putAway(_ size: Int) -> Int? { users.withLock { $0.removeValue(forKey: size) } }

        func change(_ size: Int, by step: Int) { users.withLock { $0[size]? += step } }
    }
}
