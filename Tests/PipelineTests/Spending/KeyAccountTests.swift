import Core
import Pipeline
import Support
import Testing

struct KeyAccountTests {
    private let shelf = KeyShelf()
    private let time = ManualTime()

    private func key(_ budget: KeyBudget = .unlimited, rates: RateLimits = RateLimits()) throws -> ClientKey {
        ClientKey(
            id: "key_1", name: "web", secret: try #require(KeyDigest(repeatElement(7, count: 32))), prefix: "mk-AAAA",
            rates: rates, budget: budget, createdAt: ManualTime.start)
    }

    private func account(
        _ budget: KeyBudget = .unlimited, rates: RateLimits = RateLimits(), holder: String = "here"
    ) throws -> KeyAccount {
        KeyAccount(try key(budget, rates: rates), holder: holder, store: shelf, time: time.source)
    }

    private func spend(_ dollars: Double = 0, tokens: Int = 0, calls: Int = 1) -> Spend {
        Spend(nanodollars: Spend.nanodollars(dollars), tokens: tokens, calls: calls)
    }

    private func kept(_ period: String = "total") async throws -> Spending {
        try await shelf.spending(of: "key_1", in: period)
    }

    private func note(_ account: KeyAccount, isLast: Bool = false) async throws {
        try await KeyAccount.note([(account, isLast)], in: shelf)
    }

    @Test func spendsWhatACallReallyTook() async throws {
        let account = try account(KeyBudget(dollars: 1))
        let promise = try await account.reserve(spend(0.5, tokens: 1000))
        promise.settle(spend(0.1, tokens: 80))
        try await note(account, isLast: true)
        #expect(try await kept() == Spending(spent: spend(0.1, tokens: 80)))
    }

    @Test func aForgottenPromiseIsGivenBack() async throws {
        let account = try account(KeyBudget(calls: 1))
        for _ in 0..<5 { _ = try await account.reserve(spend()) }
        try await note(account, isLast: true)
        #expect(try await kept() == Spending())
    }

    @Test func aPromiseIsSettledOnce() async throws {
        let account = try account(KeyBudget(calls: 10))
        let promise = try await account.reserve(spend())
        for _ in 0..<3 { promise.settle(spend()) }
        try await note(account)
        #expect(try await kept().spent.calls == 1)
    }

    @Test func refusesBeforeTheCallWhatCouldPassTheBudget() async throws {
        let account = try account(KeyBudget(dollars: 1, period: .month))
        let first = try await account.reserve(spend(0.7))
        let found = await #expect(throws: Fault.self) { _ = try await account.reserve(self.spend(0.4)) }
        #expect(found?.code == .quotaUsedUp)
        #expect(
            found?.sentence == """
                key web: its budget for the month is used up: $0.3 of $1 are left and the call may cost $0.4, beside \
                what calls under way may take. The budget renews at 2023-12-01 00:00 UTC. Ask for fewer tokens, or for \
                another key.
                """)
        first.settle(spend(0.2))
        _ = try await account.reserve(spend(0.4))
    }

    @Test func saysWhichOfSeveralLimitsIsReached() async throws {
        let account = try account(KeyBudget(dollars: 100, tokens: 50, calls: 1))
        let found = await #expect(throws: Fault.self) {
            _ = try await account.reserve(self.spend(0.1, tokens: 60, calls: 2))
        }
        #expect(
            found?.found == """
                its budget is used up: 50 of 50 tokens are left and the call may take 60, 1 of 1 calls are left
                """)
        #expect(found?.expected == "The budget does not renew by itself")
    }

    @Test func aBudgetBeginsAnewWithItsPeriodAndOldCallsCountForTheOldOne() async throws {
        let account = try account(KeyBudget(calls: 2, period: .day))
        let old = try await account.reserve(spend())
        _ = try await account.reserve(spend()).settle(spend())
        await #expect(throws: Fault.self) { _ = try await account.reserve(self.spend()) }
        time.advance(by: .seconds(7200))  // 22:13 becomes 00:13
        for _ in 0..<2 { try await account.reserve(spend()).settle(spend()) }
        old.settle(spend())
        try await note(account, isLast: true)
        #expect(try await kept("2023-11-14") == Spending(spent: spend(calls: 2)))
        #expect(try await kept("2023-11-15") == Spending(spent: spend(calls: 2)))
    }

    @Test func mostCallsDoNotWaitForTheStore() async throws {
        let account = try account(KeyBudget(dollars: 100))
        for _ in 0..<1000 { try await account.reserve(spend(0.001)).settle(spend(0.001)) }
        // A dollar of a hundred was spent, and two are taken out at a time.
        #expect(shelf.takings == 1)
    }

    /// What kill -9 leaves behind: nobody notes anything any more.
    @Test func whatAProgramThatDiedHadTakenOutCountsAsSpent() async throws {
        let died = try account(KeyBudget(dollars: 1), holder: "died")
        for _ in 0..<10 { try await died.reserve(spend(0.001)).settle(spend(0.001)) }
        let next = try account(KeyBudget(dollars: 1), holder: "next")
        var spent = 0
        while let promise = try? await next.reserve(spend(0.001)) {
            promise.settle(spend(0.001))
            spent += 1
        }
        // A fiftieth, two cents, was taken out by the first; 0.98 dollars are left for the second.
        #expect(spent == 980)
        try await note(next, isLast: true)
        #expect(try await kept() == Spending(spent: spend(0.98, calls: 980), setAside: spend(0.02, calls: 0)))
    }

    @Test func twoProgramsShareOneBudget() async throws {
        let both = try ["one", "two"].map { try account(KeyBudget(calls: 101), holder: $0) }
        var count = 0
        for turn in 0..<400 {
            guard let promise = try? await both[turn % 2].reserve(spend()) else { continue }
            promise.settle(spend())
            count += 1
        }
        #expect(count >= 99 && count <= 101)
        for account in both { try await note(account, isLast: true) }
        #expect(try await kept().spent.calls == count)
    }

    @Test func whatIsIdleIsBroughtBack() async throws {
        let account = try account(KeyBudget(dollars: 50))
        try await account.reserve(spend(0.5)).settle(spend(0.1))
        try await note(account)
        #expect(try await kept().setAside == spend(0.9, calls: 0))
        time.advance(by: .seconds(31))
        try await note(account)
        #expect(try await kept() == Spending(spent: spend(0.1)))
        try await account.reserve(spend(0.5)).settle(spend(0.1))
    }

    @Test func aCallThatTookMoreThanPromisedCountsInFull() async throws {
        let account = try account(KeyBudget(tokens: 100))
        try await account.reserve(spend(tokens: 50)).settle(spend(tokens: 130))
        await #expect(throws: Fault.self) { _ = try await account.reserve(self.spend(tokens: 1)) }
        try await note(account, isLast: true)
        #expect(try await kept() == Spending(spent: spend(tokens: 130)))
        await #expect(throws: Fault.self) { _ = try await account.reserve(self.spend(tokens: 1)) }
    }

    @Test func aStoreThatFailsLosesNothing() async throws {
        let account = try account(KeyBudget(calls: 500))
        try await account.reserve(spend()).settle(spend())
        shelf.fail(with: Fault(.storeLocked, "file", "is locked"))
        await #expect(throws: Fault.self) { try await self.note(account) }
        shelf.fail(with: nil)
        try await note(account, isLast: true)
        #expect(try await kept() == Spending(spent: spend()))
    }

    /// Whatever calls take, at whatever point the program dies: never is more spent than the budget, as long as no call
    /// takes more than was promised for it.
    @Test(arguments: 0..<20 as Range<UInt64>) func neverOverspends(_ seed: UInt64) async throws {
        var random = TestRandom(seed: seed)
        let budget = KeyBudget(dollars: 0.01, tokens: 5000, calls: 60)
        var real = Spend.none
        for life in 0..<4 {
            let account = try account(budget, holder: "life \(life)")
            var open: [(any SpendReservation, Spend)] = []
            for _ in 0..<60 {
                let most = spend(Double(random.next() % 400) / 1_000_000, tokens: Int(random.next() % 200))
                if let promise = try? await account.reserve(most) { open.append((promise, most)) }
                if random.next() % 3 > 0, let (promise, most) = open.popLast() {
                    let part = Int(random.next() % 101)
                    let taken = Spend(
                        nanodollars: most.nanodollars * part / 100, tokens: most.tokens * part / 100,
                        calls: part == 0 ? 0 : 1)
                    promise.settle(taken)
                    real += taken
                }
                if random.next() % 10 == 0 { try await note(account) }
            }
            // Calls under way when it dies have been made.
            real = open.reduce(real) { $0 + $1.1 }
            withExtendedLifetime(open) {}
            #expect(real.fits(in: budget.amount))
            let kept = try await kept()
            #expect(real.fits(in: kept.spent + kept.setAside))
        }
        #expect(real.calls > 10)
    }

    @Test func requestsPastTheRateAreRefusedWithTheWait() throws {
        let account = try account(rates: RateLimits(requestsPerMinute: 2))
        try account.enter()
        try account.enter()
        let found = #expect(throws: Fault.self) { try account.enter() }
        #expect(found?.code == .rateLimited && found?.retryAfterSeconds == 60)
        #expect(
            found?.sentence == "key web: it may take 2 requests a minute, and has taken them. Ask again in 60 s.")
        #expect(account.standing.requests == RateStanding.Part(limit: 2, remaining: 0, reset: .seconds(60)))
        #expect(account.standing.tokens == nil)
        time.advance(by: .seconds(60))
        try account.enter()
    }

    @Test func tokensAreCountedAsPromisedAndThenAsTheyWere() async throws {
        let account = try account(rates: RateLimits(tokensPerMinute: 1000))
        let promise = try await account.reserve(spend(tokens: 900))
        await #expect(throws: Fault.self) { _ = try await account.reserve(self.spend(tokens: 200)) }
        promise.settle(spend(tokens: 300))
        #expect(account.standing.tokens?.remaining == 700)
        try await account.reserve(spend(tokens: 700)).settle(spend(tokens: 700))
        let found = #expect(throws: Fault.self) { try account.enter() }
        #expect(found?.found == "it may take 1000 tokens a minute, and has taken them")
    }
}
