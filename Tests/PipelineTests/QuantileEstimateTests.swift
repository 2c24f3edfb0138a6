import Core
import Pipeline
import Testing

struct QuantileEstimateTests {
    /// The worked example of the paper (Jain and Chlamtac 1985, table I): the median of twenty numbers.
    @Test func followsThePapersExample() throws {
        let numbers = [
            0.02, 0.15, 0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92, 34.60, 10.28, 1.47, 0.40, 0.05, 11.39,
            0.27, 0.42, 0.09, 11.37,
        ]
        var estimate = QuantileEstimate(0.5)
        for number in numbers { estimate.add(number) }
        #expect(abs(try #require(estimate.value) - 4.44) < 0.01)
        #expect(estimate.count == 20)
    }

    @Test func isExactForAFewNumbers() {
        var estimate = QuantileEstimate(0.5)
        #expect(estimate.value == nil)
        estimate.add(3)
        #expect(estimate.value == 3)
        estimate.add(1)
        estimate.add(2)
        #expect(estimate.value == 2)
    }

    @Test(arguments: [0.5, 0.9, 0.95, 0.99])
    func comesCloseToTheQuantileOfManyNumbers(_ quantile: Double) throws {
        for seed in 0..<5 {
            var random = SeededRandom(seed: UInt64(seed))
            var estimate = QuantileEstimate(quantile)
            var below = 0
            let numbers = (0..<20_000).map { _ in random.unit() * random.unit() }
            for number in numbers { estimate.add(number) }
            let value = try #require(estimate.value)
            below = numbers.count { $0 < value }
            #expect(abs(Double(below) / 20_000 - quantile) < 0.01)
        }
    }

    @Test func whatIsNoNumberIsLeftOut() {
        var estimate = QuantileEstimate(0.5)
        for number in [1, .nan, 2, .infinity, 3] { estimate.add(number) }
        #expect(estimate.value == 2 && estimate.count == 3)
    }

    @Test func firstTextAndRateAreKeptApart() throws {
        let board = PulseBoard()
        for index in 1...40 {
            let answer = Answer(
                expert: "a", text: "x", usage: Usage(completionTokens: 101), seconds: 0.5 + Double(index) * 10,
                firstTextSeconds: 0.5)
            board.note(answer, .streamed)
        }
        // Answers get longer and slower: the start is what it was.
        let pulse = try #require(board.pulse(of: "a"))
        #expect(pulse.firstTextMedian == 0.5 && pulse.firstTextP95 == 0.5 && pulse.answers == 40)
        #expect(try #require(pulse.tokensPerSecond) < 1)
        #expect(board.pulse(of: "a", .whole) == nil && board.pulse(of: "b") == nil)
        #expect(board.patience(with: "a", .streamed, under: HedgePolicy(after: .quantile(0.95))) == .seconds(0.5))
        #expect(board.patience(with: "b", .streamed, under: HedgePolicy(after: .quantile(0.95))) == nil)
        #expect(board.patience(with: "b", .whole, under: HedgePolicy(after: .time(.seconds(2)))) == .seconds(2))
    }
}
