import Core
import Store
import Testing

struct SpendTableTests {
    private let purse = PurseName(key: "key_1", period: "2026-11", holder: "here")

    private func spend(_ number: Int) -> Spend { Spend(nanodollars: number, tokens: number, calls: number) }

    private func budget(_ number: Int) -> KeyBudget {
        KeyBudget(dollars: Double(number) / 1_000_000_000, tokens: number, calls: number)
    }

    @Test func takesWhatIsWantedOrWhatIsLeftOrNothing() async throws {
        let store = try Samples.store(":memory:")
        #expect(try await store.take(spend(5), upTo: spend(60), from: purse, of: budget(100)) == .taken(spend(60)))
        #expect(try await store.take(spend(5), upTo: spend(60), from: purse, of: budget(100)) == .taken(spend(40)))
        #expect(try await store.take(spend(5), upTo: spend(60), from: purse, of: budget(100)) == .refused(left: .none))
        #expect(try await store.spending(of: "key_1", in: "2026-11") == Spending(setAside: spend(100)))
        var other = purse
        other.period = "2026-12"
        #expect(try await store.take(spend(5), upTo: spend(5), from: other, of: budget(100)) == .taken(spend(5)))
    }

    @Test func onlyWhatIsLimitedIsTaken() async throws {
        let store = try Samples.store(":memory:")
        let budget = KeyBudget(tokens: 10)
        let needed = budget.limited(spend(8))
        #expect(try await store.take(needed, upTo: needed, from: purse, of: budget) == .taken(needed))
        let refused = try await store.take(needed, upTo: needed, from: purse, of: budget)
        #expect(refused == .refused(left: Spend(nanodollars: 0, tokens: 2, calls: 0)))
    }

    @Test func settlesWhatWasSpentAndBringsBackTheRest() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.take(spend(50), upTo: spend(50), from: purse, of: budget(100))
        try await store.settle([Settlement(purse: purse, spent: spend(20), covered: spend(20))])
        #expect(
            try await store.spending(of: "key_1", in: "2026-11") == Spending(spent: spend(20), setAside: spend(30)))
        try await store.settle([Settlement(purse: purse, spent: .none, covered: .none, returned: spend(30))])
        #expect(try await store.spending(of: "key_1", in: "2026-11") == Spending(spent: spend(20)))
    }

    @Test func moreThanWasTakenOutCountsToo() async throws {
        let store = try Samples.store(":memory:")
        _ = try await store.take(spend(10), upTo: spend(10), from: purse, of: budget(100))
        try await store.settle([Settlement(purse: purse, spent: spend(90), covered: spend(90))])
        #expect(try await store.spending(of: "key_1", in: "2026-11") == Spending(spent: spend(90)))
        let refused = try await store.take(spend(11), upTo: spend(11), from: purse, of: budget(100))
        #expect(refused == .refused(left: spend(10)))
    }

    @Test func manyProgramsTogetherTakeNoMoreThanThereIs() async throws {
        let folder = try TemporaryFolder()
        _ = try Samples.store(folder.file)
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for holder in 0..<4 {
                group.addTask {
                    let store = try Samples.store(folder.file)
                    let purse = PurseName(key: "key_1", period: "total", holder: "\(holder)")
                    var count = 0
                    while case .taken(let part) = try await store.take(
                        spend(7), upTo: spend(9), from: purse, of: budget(500))
                    { count += part.calls }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken <= 500 && taken > 500 - 7)
    }
}
