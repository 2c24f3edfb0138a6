import Engine
import Support
import Testing

struct ExpertAccountsTests {
    private func key(_ expert: Int, layer: Int = 0) -> ExpertKey { ExpertKey(layer: layer, expert: expert) }

    @Test func whatIsLentNeverGoes() {
        var accounts = ExpertAccounts(budget: 10, policy: LeastRecentlyUsed())
        #expect(accounts.enter(key(0), bytes: 6, needed: true) == [])
        #expect(accounts.enter(key(1), bytes: 6, needed: true) == nil)
        #expect(accounts.holds(key(0)) && !accounts.holds(key(1)) && accounts.bytes == 6)
        accounts.takeBack(key(0))
        #expect(accounts.enter(key(1), bytes: 6, needed: true) == [key(0)])
        #expect(accounts.bytes == 6 && accounts.peakBytes == 6)
    }

    @Test func nobodyGoesInVain() {
        var accounts = ExpertAccounts(budget: 10, policy: LeastRecentlyUsed())
        _ = accounts.enter(key(0), bytes: 4, needed: true)
        _ = accounts.enter(key(1), bytes: 4, needed: true)
        accounts.takeBack(key(1))
        // Giving up expert 1 would leave 6 of the 7 bytes.
        #expect(accounts.enter(key(2), bytes: 7, needed: true) == nil)
        #expect(accounts.holds(key(1)))
    }

    @Test func severalMayGoForALargeOne() {
        var accounts = ExpertAccounts(budget: 10, policy: LeastRecentlyUsed())
        for expert in 0..<5 {
            accounts.note([expert], of: 0)
            _ = accounts.enter(key(expert), bytes: 2, needed: true)
            accounts.takeBack(key(expert))
        }
        #expect(accounts.enter(key(9), bytes: 5, needed: true) == [key(0), key(1), key(2)])
    }

    /// A guess drives out the idle expert, not the one guessed before; a need drives out even that, but last.
    @Test func whatIsExpectedGoesLastAndOnlyForANeed() {
        var accounts = ExpertAccounts(budget: 2, policy: LeastRecentlyUsed())
        accounts.note([0], of: 0)
        for expert in [0, 1] {
            _ = accounts.enter(key(expert), bytes: 1, needed: true)
            accounts.takeBack(key(expert))
        }
        accounts.expect(key(1))
        #expect(accounts.enter(key(2), bytes: 1, needed: false) == [key(0)])
        accounts.takeBack(key(2))
        accounts.expect(key(2))
        #expect(accounts.enter(key(3), bytes: 1, needed: false) == nil)
        accounts.note([3], of: 1)
        #expect(accounts.enter(key(3, layer: 1), bytes: 1, needed: true) == [key(1)])
        // The layer has been passed: nothing of it is expected any more.
        accounts.note([], of: 0)
        #expect(accounts.enter(key(4), bytes: 1, needed: false) == [key(2)])
    }

    /// Law, over random calls: never more bytes than the budget, and the bytes are those of who is in it.
    @Test(arguments: 0..<20) func theBudgetIsNeverExceeded(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let budget = Int.random(in: 5...40, using: &random)
        var accounts = ExpertAccounts(budget: budget, policy: LeastFrequentlyUsed())
        var sizes: [ExpertKey: Int] = [:]
        var lent: [ExpertKey] = []
        for _ in 0..<400 {
            let new = key(Int.random(in: 0..<20, using: &random), layer: Int.random(in: 0..<3, using: &random))
            accounts.note([new.expert], of: new.layer)
            if accounts.holds(new) {
                accounts.lend(new)
                lent.append(new)
            } else {
                let size = Int.random(in: 1...9, using: &random)
                if let gone = accounts.enter(new, bytes: size, needed: Bool.random(using: &random)) {
                    #expect(gone.allSatisfy { !lent.contains($0) })
                    for key in gone { sizes[key] = nil }
                    sizes[new] = size
                    lent.append(new)
                }
            }
            while lent.count > 4, let back = lent.randomElement(using: &random), let at = lent.firstIndex(of: back) {
                lent.remove(at: at)
                accounts.takeBack(back)
            }
            if Int.random(in: 0..<4, using: &random) == 0 { accounts.expect(new) }
            #expect(accounts.bytes <= budget && accounts.bytes == sizes.values.reduce(0, +))
        }
        #expect(accounts.peakBytes <= budget)
    }
}
