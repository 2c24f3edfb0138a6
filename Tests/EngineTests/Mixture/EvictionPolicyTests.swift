import Engine
import Support
import Testing

struct EvictionPolicyTests {
    /// The reference string of Silberschatz, Galvin and Gagne, "Operating System Concepts", chapter 10: with room for
    /// three, the optimum misses 9 times and least recently used 12 times.
    private static let textbook = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1]

    @Test func theOptimumMissesNineOfTheTextbooksTwenty() {
        let trace = RoutingTrace.single(Self.textbook, experts: 8)
        let policy = FarthestNextUse(of: trace, passes: Self.textbook.map { _ in 1 })
        #expect(CacheReplay.misses(Self.textbook, room: 3, policy) == 9)
    }

    @Test func leastRecentlyUsedMissesTwelveOfTheTextbooksTwenty() {
        #expect(CacheReplay.misses(Self.textbook, room: 3, LeastRecentlyUsed()) == 12)
    }

    /// Room for two. 0, 0, 1 fill it; 2 drives out 1 (one use against two); 1 drives out 2 (one use against two, for 1
    /// now has two); 2 has two uses now like the others: of equals the first in order goes, 0.
    @Test func leastFrequentlyUsedKeepsWhatWasNeededOften() {
        var replay = CacheReplay(room: 2, LeastFrequentlyUsed(halfLife: .infinity))
        for expert in [0, 0, 1, 2, 1, 2] { replay.need([expert], of: 0) }
        #expect(replay.evicted.map(\.expert) == [1, 2, 0])
        #expect(replay.misses == 5)
    }

    /// Four uses of expert 0 in passes 0 to 3, two of expert 1 in passes 8 and 9. With a half-life of two passes, at
    /// pass 9 the four count 2^(-9/2) + … + 2^(-6/2) = 0.044 + 0.063 + 0.088 + 0.125 = 0.32, the two 0.71 + 1 = 1.71;
    /// without ageing it is 4 against 2.
    @Test(arguments: [(2.0, 0), (.infinity, 1)]) func oldUsesCountLess(halfLife: Double, victim: Int) {
        var replay = CacheReplay(room: 2, LeastFrequentlyUsed(halfLife: halfLife))
        for expert in [0, 0, 0, 0] { replay.need([expert], of: 0) }
        // Passes without the experts in question; they age all the same.
        for _ in 0..<4 { replay.need([], of: 0) }
        for expert in [1, 1, 2] { replay.need([expert], of: 0) }
        #expect(replay.evicted.map(\.expert) == [victim])
    }

    /// A pass of two tokens needs 0, 1 and 2 at once; then come 0, 3, 1. With room for three, 3 drives out 2, never
    /// needed again, so there are 3 + 1 misses.
    @Test func theFutureOfAPromptIsOnePass() {
        var trace = RoutingTrace(expertCounts: [0, 4])
        for experts in [[0, 1], [1, 2], [0], [3], [1]] as [[UInt16]] {
            trace.layers[1].append(experts: experts, weights: experts.map { _ in 1 })
        }
        let passes = [2, 1, 1, 1]
        let policy = FarthestNextUse(of: trace, passes: passes)
        #expect(CacheReplay.misses(trace, passes: passes, room: 3, policy) == 4)
    }

    @Test func behindTheEndOfItsTraceTheOptimumStillAnswers() {
        let policy = FarthestNextUse(of: .single([0, 1], experts: 3), passes: [1, 1, 1])
        var replay = CacheReplay(room: 1, policy)
        for expert in [0, 1, 2, 1, 0, 2] { replay.need([expert], of: 0) }
        #expect(replay.misses == 6)
    }

    /// Law: on every trace and in every room that fits a pass, the optimum misses least, and more room never makes it
    /// miss more.
    @Test(arguments: 0..<40) func nothingMissesLessThanTheOptimum(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let layers = Int.random(in: 1...4, using: &random)
        let counts = (0..<layers).map { _ in [0, 4, 8, 13].randomElement(using: &random) ?? 4 }
        let used = Int.random(in: 1...3, using: &random)
        let prompt = Int.random(in: 1...6, using: &random)
        let trace = RoutingTrace.random(expertCounts: counts, used: used, tokens: prompt + 40, using: &random)
        let passes = [prompt] + [Int](repeating: 1, count: 40)
        var best = Int.max
        for room in [13, 16, 20, 28] {
            let policy = FarthestNextUse(of: trace, passes: passes)
            let optimum = CacheReplay.misses(trace, passes: passes, room: room, policy)
            #expect(optimum <= best)
            best = optimum
            let others: [any EvictionPolicy] = [
                LeastRecentlyUsed(), LeastFrequentlyUsed(), LeastFrequentlyUsed(halfLife: 3),
            ]
            for policy in others {
                #expect(optimum <= CacheReplay.misses(trace, passes: passes, room: room, policy))
            }
        }
    }
}
