import Engine
import Support
import Testing

/// Laws over random rows and settings, against the chain written plainly.
struct SamplerLawTests {
    /// Degrees of freedom f: a true statistic passes f + 4 √(2f) + 12 less than once in 10 000 seeds.
    @Test(arguments: 0..<24 as Range<UInt64>) func drawsInProportionToThePlainChain(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let row = (0..<Int.random(in: 2...40, using: &random)).map { _ in Float.random(in: -2...2, using: &random) }
        let (plain, settings) = try randomSettings(using: &random)
        let expected = plain.distribution(of: row, temperature: settings.temperature)
        let seen = try counts(of: 20_000, from: row, settings, seed: seed &+ 1000)
        let freedom = Double(expected.count - 1)
        #expect(chiSquare(seen: seen, probabilities: expected) < freedom + 4 * (2 * freedom).squareRoot() + 12)
    }

    /// Rows longer than a block of 1024, so both numbers of a draw from the whole row matter; counted in eight parts.
    @Test func aDrawFromAllTokensFollowsTheirShares() throws {
        var random = TestRandom(seed: 6)
        let row = (0..<5003).map { _ in Float.random(in: -3...3, using: &random) }
        let parts = PlainSampling().distribution(of: row, temperature: 0.8)
        var expected = [Double](repeating: 0, count: 8)
        for (token, probability) in parts {
            expected[token * 8 / 5003] += probability
        }
        var seen: [Int: Int] = [:]
        for (token, count) in try counts(of: 20_000, from: row, SamplingSettings(temperature: 0.8), seed: 3) {
            seen[token * 8 / 5003, default: 0] += count
        }
        // 7 degrees of freedom.
        #expect(chiSquare(seen: seen, probabilities: Array(zip(0..., expected))) < 29.9)
    }

    /// Rows with equal logits, NaN and infinities, of lengths around those of a group and a block. A share within a
    /// millionth of a border may fall on either side: our sum over a row is a Float's.
    @Test(arguments: 0..<60 as Range<UInt64>) func neverChoosesOutsideThePlainChain(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let lengths = [1, 2, 7, 31, 32, 33, 255, 1023, 1024, 1025, 3000]
        let row = randomRow(length: lengths[Int(seed) % lengths.count], using: &random)
        var (plain, settings) = try randomSettings(using: &random)
        plain.topP = min(plain.topP + 1e-6, 1)
        plain.minP *= 1 - 1e-6
        let kept = Set(plain.distribution(of: row).map { $0.token })
        var sampler = try Sampler(settings, tokenCount: row.count, seed: seed)
        for _ in 0..<40 {
            guard !kept.isEmpty else {
                #expect(throws: SamplingRefusal.self) { try sampler.next(row.span) }
                break
            }
            let token = try sampler.next(row.span)
            #expect(kept.contains(token), "token \(token), \(settings)")
        }
    }

    /// Logits near each other, so that every kept token has a share above 0.3 % and is drawn.
    @Test(arguments: 0..<16 as Range<UInt64>) func choosesEveryTokenThatThePlainChainKeeps(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let row = (0..<200).map { _ in Float.random(in: 0...0.5, using: &random) }
        let topK = seed % 3 == 0 ? Int.random(in: 50...199, using: &random) : nil
        var plain = PlainSampling(topK: topK, topP: Double.random(in: 0...1, using: &random))
        plain.minP = seed % 2 == 0 ? Double.random(in: 0.6...1, using: &random) : 0
        let settings = try SamplingSettings(topK: topK, topP: plain.topP, minP: plain.minP)
        plain.topP = max(plain.topP - 1e-6, 0)
        plain.minP *= 1 + 1e-6
        let kept = Set(plain.distribution(of: row).map { $0.token })
        #expect(try kept.isSubset(of: counts(of: 4000, from: row, settings, seed: seed).keys))
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func greedyIsTheFirstOfTheHighest(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let row = randomRow(length: Int.random(in: 1...400, using: &random), using: &random)
        guard let first = PlainSampling().distribution(of: row).first?.token else { return }
        #expect(try tokens(1, from: row, SamplingSettings(temperature: 0)) == [first])
    }

    /// Ascending logits change the heap with every token, and bring the others of its paths to light.
    @Test(arguments: [1, 2, 3, 17, 500, 999]) func topKFindsTheBestInAnyOrder(count: Int) throws {
        var random = TestRandom(seed: 12)
        let ascending = (0..<1000).map { Float($0) * 1e-4 }
        for row in [ascending, ascending.reversed(), ascending.shuffled(using: &random)] {
            let kept = Set(PlainSampling(topK: count).distribution(of: row).map { $0.token })
            let seen = try counts(of: 300, from: row, SamplingSettings(topK: count), seed: 4)
            #expect(kept.isSuperset(of: seen.keys))
        }
    }

    private func randomSettings(using random: inout TestRandom) throws -> (PlainSampling, SamplingSettings) {
        let topK = Bool.random(using: &random) ? Int.random(in: 1...50, using: &random) : nil
        let topP = Bool.random(using: &random) ? Double.random(in: 0...1, using: &random) : 1
        let minP = Bool.random(using: &random) ? Double.random(in: 0...1, using: &random) : 0
        let temperature = Double.random(in: 0.5...2, using: &random)
        return (
            PlainSampling(topK: topK, topP: topP, minP: minP),
            try SamplingSettings(temperature: temperature, topK: topK, topP: topP, minP: minP)
        )
    }

    private func randomRow(length: Int, using random: inout TestRandom) -> [Float] {
        let spread = [0.01, 1, 10, 60][Int.random(in: 0..<4, using: &random)]
        return (0..<length).map { _ in
            switch Int.random(in: 0..<20, using: &random) {
            case 0: .nan
            case 1: -.infinity
            // A few values only, so that many are equal.
            case 2...6: Float(Int.random(in: 0...3, using: &random)) * Float(spread) / 4
            default: Float(Double.random(in: -spread...spread, using: &random))
            }
        }
    }
}
