import Engine
import Support
import Testing

struct SamplerTests {
    let row = logits(of: 0.3, 0.05, 0.5, 0.15)

    @Test func greedyTakesTheHighestLogit() throws {
        #expect(try tokens(3, from: row, SamplingSettings(temperature: 0)) == [2, 2, 2])
    }

    /// 100 logits, so that both the groups of 32 and the rest behind them are passed.
    @Test(arguments: [0, 31, 32, 95, 96, 99]) func ofEqualLogitsGreedyTakesTheLowestId(place: Int) throws {
        var row = [Float](repeating: 1, count: 100)
        #expect(try tokens(1, from: row, SamplingSettings(temperature: 0)) == [0])
        for token in place..<100 {
            row[token] = 2
        }
        #expect(try tokens(1, from: row, SamplingSettings(temperature: 0)) == [place])
    }

    /// Of the tokens 0.5, 0.3, 0.15, 0.05 the first holds 0.5 and the first two 0.8.
    @Test(arguments: [
        (0.0, [2]), (0.49, [2]), (0.51, [0, 2]), (0.79, [0, 2]), (0.81, [0, 2, 3]), (1.0, [0, 1, 2, 3]),
    ])
    func topPKeepsTheFewestTokensThatHoldItsShare(topP: Double, kept: [Int]) throws {
        #expect(try counts(of: 400, from: row, SamplingSettings(topP: topP), seed: 5).keys.sorted() == kept)
        // The same through top-k, which here cuts nothing that top-p keeps below 0.95: the shares are of 0.95.
        if topP < 0.8 {
            let settings = try SamplingSettings(topK: 3, topP: topP / 0.95)
            #expect(try counts(of: 400, from: row, settings, seed: 5).keys.sorted() == kept)
        }
    }

    /// Top-k 2 leaves 0.5 and 0.3, which become 0.625 and 0.375: the first alone then holds 0.6.
    @Test func topPCountsSharesOfWhatTopKLeft() throws {
        #expect(try counts(of: 200, from: row, SamplingSettings(topK: 2, topP: 0.6), seed: 5).keys.sorted() == [2])
        #expect(try counts(of: 200, from: row, SamplingSettings(topP: 0.6), seed: 5).keys.sorted() == [0, 2])
    }

    /// One token at 0 and 20 000 at -10, each e⁻¹⁰ = 4.54e-5 of it, together 0.908. Top-p 0.9 of 1.908 is 1.717, so
    /// 0.717 / 4.54e-5 = 15 797 of the many are kept, the lowest ids; they are drawn in 0.717 / 1.717 = 0.418 of cases.
    @Test func manyUnlikelyTokensMayHoldTheShare() throws {
        let row: [Float] = [0] + [Float](repeating: -10, count: 20_000)
        let seen = try counts(of: 150, from: row, SamplingSettings(topP: 0.9), seed: 5)
        let many = seen.filter { $0.key > 0 }
        #expect((40...90).contains(many.values.reduce(0, +)))
        #expect((14_000...15_800).contains(many.keys.max() ?? 0))
        // Min-p stops the search for more: nothing but the best is as likely as a thousandth of it.
        #expect(try counts(of: 50, from: row, SamplingSettings(topP: 0.9, minP: 0.001), seed: 5).keys.sorted() == [0])
    }

    /// A fifth of the best token's 0.5 is 0.1; three fifths, 0.3, stand exactly on token 0, so just below and above.
    @Test(arguments: [(0.2, [0, 2, 3]), (0.59, [0, 2]), (0.61, [2]), (1.0, [2]), (0.09, [0, 1, 2, 3])])
    func minPKeepsTokensInProportionToTheBest(minP: Double, kept: [Int]) throws {
        #expect(try counts(of: 400, from: row, SamplingSettings(minP: minP), seed: 5).keys.sorted() == kept)
        #expect(try counts(of: 400, from: row, SamplingSettings(topP: 0.99, minP: minP), seed: 5).keys.sorted() == kept)
        if minP > 0.1 {
            let settings = try SamplingSettings(topK: 3, minP: minP)
            #expect(try counts(of: 400, from: row, settings, seed: 5).keys.sorted() == kept)
        }
    }

    @Test func ofEqualLogitsTopKKeepsTheLowestIds() throws {
        let flat = [Float](repeating: 0.5, count: 70)
        #expect(try counts(of: 400, from: flat, SamplingSettings(topK: 5), seed: 2).keys.sorted() == [0, 1, 2, 3, 4])
        // All shares are 1/70, so 4.5/70 is held by five; p a little away from the border.
        let half = try SamplingSettings(topP: 4.5 / 70)
        #expect(try counts(of: 400, from: flat, half, seed: 2).keys.sorted() == [0, 1, 2, 3, 4])
    }

    /// Temperature 2 takes square roots: 0.5 and 0.3 become 0.7071 and 0.5477, of their sum 0.5635 and 0.4365. It comes
    /// after top-p, which so still keeps two. One degree of freedom: a true statistic passes 15.1 once in 10 000.
    @Test func temperatureComesAfterTheCuts() throws {
        let settings = try SamplingSettings(temperature: 2, topP: 0.75)
        let seen = try counts(of: 20_000, from: row, settings, seed: 9)
        #expect(chiSquare(seen: seen, probabilities: [(2, 0.5635), (0, 0.4365)]) < 15.1)
        #expect(chiSquare(seen: seen, probabilities: [(2, 0.625), (0, 0.375)]) > 100)
    }

    @Test func theSameSeedGivesTheSameTokens() throws {
        for settings in try [SamplingSettings(), SamplingSettings(topK: 3), SamplingSettings(topP: 0.99)] {
            let first = try tokens(50, from: row, settings, seed: 77)
            #expect(try tokens(50, from: row, settings, seed: 77) == first)
            #expect(try tokens(50, from: row, settings, seed: 78) != first)
        }
    }

    /// The draw by hand: the first number of the seed aims into the shares, best first, as top-k orders them.
    @Test func theSeedAimsIntoTheSharesBestFirst() throws {
        let settings = try SamplingSettings(topK: 3)
        for seed in 0..<200 as Range<UInt64> {
            var random = TestRandom(seed: seed)
            let aim = Double(random.next() >> 11) * 0x1p-53 * 0.95
            let expected = aim < 0.5 ? 2 : aim < 0.8 ? 0 : 3
            #expect(try tokens(1, from: row, settings, seed: seed) == [expected])
        }
    }

    @Test func aCopyContinuesWhereTheOriginalStood() throws {
        var sampler = try Sampler(SamplingSettings(frequencyPenalty: 0.3), tokenCount: row.count, seed: 4)
        _ = try (0..<7).map { _ in try sampler.next(row.span) }
        var copy = sampler
        let original = try (0..<30).map { _ in try sampler.next(row.span) }
        #expect(try (0..<30).map { _ in try copy.next(row.span) } == original)
    }

    @Test func neverChoosesNotANumber() throws {
        let broken: [Float] = [.nan, 1, -.infinity, .nan, 0, .signalingNaN]
        let list = try [
            SamplingSettings(temperature: 0), SamplingSettings(), SamplingSettings(topK: 4),
            SamplingSettings(topP: 0.99), SamplingSettings(minP: 0.01),
            SamplingSettings(repetitionPenalty: 1.1, presencePenalty: 0.1, logitBias: [0: 50, 2: 100]),
        ]
        for settings in list {
            #expect(try counts(of: 100, from: broken, settings, seed: 3).keys.allSatisfy { [1, 4].contains($0) })
        }
    }

    @Test func infiniteLogitsShareTheDraw() throws {
        let row: [Float] = [3, .infinity, .nan, .infinity, 3e38, -.infinity]
        let list = try [
            SamplingSettings(), SamplingSettings(topK: 4), SamplingSettings(topP: 0.99),
            SamplingSettings(minP: 0.01), SamplingSettings(temperature: 1e-300),
            SamplingSettings(topK: 4, topP: 0.99, minP: 0.01),
        ]
        for settings in list {
            #expect(try counts(of: 100, from: row, settings, seed: 3).keys.sorted() == [1, 3])
        }
        #expect(try tokens(1, from: row, SamplingSettings(temperature: 0)) == [1])
    }

    /// Logits whose distance from each other is no Float.
    @Test func logitsOfAnySizeAreChosenFrom() throws {
        let row: [Float] = [-3.4e38, 3.4e38, -3.4e38]
        for settings in try [SamplingSettings(), SamplingSettings(topK: 2), SamplingSettings(topP: 0.9, minP: 0.1)] {
            #expect(try tokens(20, from: row, settings) == [Int](repeating: 1, count: 20))
        }
        #expect(try tokens(2, from: [-3.4e38, -.infinity], SamplingSettings()) == [0, 0])
    }

    @Test(arguments: [0, 1e-300, 1e-9]) func aTemperatureNextToZeroTakesTheBest(temperature: Double) throws {
        for topK in [nil, 3] {
            let settings = try SamplingSettings(temperature: temperature, topK: topK)
            #expect(try tokens(20, from: row, settings) == [Int](repeating: 2, count: 20))
        }
    }

    @Test func refusesARowInWhichNothingCanBeChosen() throws {
        var sampler = try Sampler(SamplingSettings(), tokenCount: 3, seed: 1)
        let row: [Float] = [.nan, -.infinity, .nan]
        let refusal = #expect(throws: SamplingRefusal.self) { try sampler.next(row.span) }
        #expect(
            refusal?.description
                == "next token: none of 3 allowed tokens (of 3) has a logit above minus infinity. The model file is "
                + "damaged, or the engine cannot run it.")
        let good: [Float] = [1, 2, 3]
        let strict = #expect(throws: SamplingRefusal.self) {
            try sampler.next(good.span, allowed: TokenMask(noneOf: 3))
        }
        #expect(
            strict?.description
                == "next token: the grammar allows none of the 3 tokens. Simplify the response format.")
    }
}
