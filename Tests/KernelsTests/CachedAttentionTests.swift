import Kernels
import Support
import Testing

struct CachedAttentionTests {
    typealias Numbers = CachedAttention.Cache.Numbers

    private static let bothNumbers: [Numbers] = [.float, .half]

    /// Every size of group up to 7, and 16, each with sizes of keys and values that models have and odd ones.
    @Test(arguments: CPUPath.allCases, [1, 2, 3, 4, 5, 6, 7, 16])
    func agreesWithThePlainFormula(path: CPUPath, heads: Int) {
        var random = TestRandom(seed: UInt64(heads))
        for (keySize, valueSize) in [(64, 64), (80, 80), (96, 96), (128, 128), (192, 128), (576, 512), (13, 7), (1, 9)]
        {
            for count in [1, 2, 3, 7, 9, 66] {
                for numbers in Self.bothNumbers {
                    let attention = CachedAttention(
                        keySize: keySize, valueSize: valueSize, scale: 2 / Float(keySize).squareRoot())
                    let asked = AttentionCase(
                        attention, heads: heads, positions: 0..<count, numbers: numbers, random: &random)
                    expectAgreement(asked, path: path)
                }
            }
        }
    }

    /// Windows that begin late, gaps between rows, sinks and caps in all mixtures, over random sizes.
    @Test(arguments: CPUPath.allCases, bothNumbers)
    func agreesWithThePlainFormulaInAllMixtures(path: CPUPath, numbers: Numbers) {
        var random = TestRandom(seed: 51)
        for round in 0..<96 {
            let attention = CachedAttention(
                keySize: Int.random(in: 1...140, using: &random), valueSize: Int.random(in: 1...140, using: &random),
                scale: Float.random(in: 0.05...0.5, using: &random), softcap: round & 1 == 0 ? nil : 2)
            let first = round & 2 == 0 ? 0 : Int.random(in: 1...40, using: &random)
            let count = Int.random(in: 1...150, using: &random)
            let asked = AttentionCase(
                attention, heads: Int.random(in: 1...9, using: &random), positions: first..<first + count,
                gap: round & 4 == 0 ? 0 : 5, hasSinks: round & 8 == 0, numbers: numbers, random: &random)
            expectAgreement(asked, path: path)
        }
    }

    /// A query of zeros weighs all alike: (1 + 2 + 3 + 6) / 4 = 3. A sink of 0 is a fifth that gives nothing:
    /// 12 / 5 = 2.4. The range 1..<3 leaves (2 + 3) / 2.
    @Test(arguments: CPUPath.allCases, bothNumbers)
    func averagesByHand(path: CPUPath, numbers: Numbers) {
        var asked = small(queries: [0], keys: [5, -3, 8, 1], values: [1, 2, 3, 6], numbers: numbers)
        #expect(asked.result(path: path) == [3])
        asked.positions = 1..<3
        #expect(asked.result(path: path) == [2.5])
        asked.positions = 0..<4
        asked.sinks = [0]
        let share = asked.result(path: path)
        #expect(share.count == 1 && abs(share[0] - 2.4) <= 0x1p-21)
    }

    /// Scores a thousand apart leave only the best position, and no exponential overflows; a sink far above all
    /// leaves nothing, one far below takes nothing.
    @Test(arguments: CPUPath.allCases, bothNumbers)
    func standsScoresFarApart(path: CPUPath, numbers: Numbers) {
        var asked = small(queries: [1000], keys: [-3, 2, 1, 0], values: [1, 2, 3, 6], numbers: numbers)
        #expect(asked.result(path: path) == [2])
        asked.sinks = [-5000]
        #expect(asked.result(path: path) == [2])
        asked.sinks = [5000]
        #expect(asked.result(path: path) == [0])
    }

    /// Capped at 1, scores of ±1000 are ±1: weights e and 1/e, so that (e · 1 + 0) / (e + 1/e) = 0.880797.
    @Test(arguments: CPUPath.allCases)
    func capsByHand(path: CPUPath) {
        var asked = small(queries: [1000], keys: [1, -1], values: [1, 0], numbers: .float)
        asked.attention.softcap = 1
        let result = asked.result(path: path)
        #expect(result.count == 1 && abs(result[0] - 0.880797) < 1e-6)
    }

    /// The scale counts before the cap: 0.001 · 1000 = 1, and tanh(1) = 0.761594; against 0 the first position weighs
    /// 1 / (1 + e^-0.761594) = 0.681700.
    @Test(arguments: CPUPath.allCases)
    func scalesBeforeItCaps(path: CPUPath) {
        var asked = small(queries: [1000], keys: [1, 0], values: [1, 0], numbers: .float)
        asked.attention.scale = 0.001
        asked.attention.softcap = 1
        let result = asked.result(path: path)
        #expect(result.count == 1 && abs(result[0] - 0.681700) < 1e-6)
    }

    @Test(arguments: CPUPath.allCases, bothNumbers)
    func nothingToSeeGivesZeros(path: CPUPath, numbers: Numbers) {
        var random = TestRandom(seed: 52)
        let attention = CachedAttention(keySize: 16, valueSize: 11, scale: 1)
        for hasSinks in [false, true] {
            let asked = AttentionCase(
                attention, heads: 3, positions: 5..<5, hasSinks: hasSinks, numbers: numbers, random: &random)
            #expect(asked.result(path: path) == [Float](repeating: 0, count: 33))
        }
    }

    /// A head's result is the same to the last bit whether it is asked alone or with others.
    @Test(arguments: CPUPath.allCases, bothNumbers)
    func headsDoNotDependOnTheirNeighbours(path: CPUPath, numbers: Numbers) {
        var random = TestRandom(seed: 53)
        for heads in 2...9 {
            let attention = CachedAttention(keySize: 72, valueSize: 44, scale: 0.2)
            let together = AttentionCase(
                attention, heads: heads, positions: 3..<3 + 10 * heads, hasSinks: true, numbers: numbers,
                random: &random)
            let singly = (0..<heads).flatMap { head in
                var alone = together
                alone.heads = 1
                alone.queries = Array(together.queries[head * 72..<(head + 1) * 72])
                alone.sinks = together.sinks.map { [$0[head]] }
                return alone.result(path: path)
            }
            #expect(together.result(path: path) == singly)
        }
    }

    /// Halves are widened exactly, so a cache of halves gives, to the last bit, what one of the same floats gives.
    @Test(arguments: CPUPath.allCases)
    func halvesGiveWhatTheirFloatsGive(path: CPUPath) {
        var random = TestRandom(seed: 54)
        for heads in 1...6 {
            let attention = CachedAttention(keySize: 130, valueSize: 150, scale: 0.1)
            var asked = AttentionCase(attention, heads: heads, positions: 0..<77, numbers: .half, random: &random)
            let halves = asked.result(path: path)
            asked.numbers = .float
            #expect(asked.result(path: path) == halves)
        }
    }

    private func expectAgreement(_ asked: AttentionCase, path: CPUPath) {
        let result = asked.result(path: path)
        let (exact, bound) = asked.plain()
        #expect(result.count == exact.count)
        // A comparison with a NaN is false, so one that was read shows here.
        let right = zip(result, exact).allSatisfy { abs(Double($0) - $1) <= bound }
        #expect(right, "\(asked.attention), \(asked.heads) heads, \(asked.positions), \(asked.numbers)")
    }

    /// One head, keys and values of one number, scale 1.
    private func small(queries: [Float], keys: [Float], values: [Float], numbers: Numbers) -> AttentionCase {
        var random = TestRandom(seed: 0)
        var asked = AttentionCase(
            CachedAttention(keySize: 1, valueSize: 1, scale: 1), heads: 1, positions: 0..<keys.count, numbers: numbers,
            random: &random)
        (asked.queries, asked.keys, asked.values) = (queries, keys, values)
        return asked
    }
}
