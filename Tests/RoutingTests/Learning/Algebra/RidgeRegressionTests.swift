import Routing
import Support
import Testing

struct RidgeRegressionTests {
    /// Inputs 1 and 3 have mean 2 and spread 1, so z = −1, 1. Targets 10 and 20: mean 15, Σ (y − ȳ) z = 5 + 5 = 10,
    /// Σ z² = 2. With a penalty of 2, w = 10 / (2 + 2) = 2.5 and y = 15 + 2.5 (x − 2) = 10 + 2.5 x.
    @Test func fitsALineAsByHand() {
        let regression = RidgeRegression(
            fitting: [1, 3], columns: 1, targets: [10, 20], targetCount: 1, penalty: 2)
        #expect(regression.predict([0]) == [10])
        #expect(regression.predict([4]) == [20])
    }

    @Test func theUnitOfAColumnChangesNothing() {
        let (inputs, targets) = Self.madeUp(rows: 60, columns: 3, seed: 1)
        let metres = RidgeRegression(fitting: inputs, columns: 3, targets: targets, targetCount: 1, penalty: 5)
        let millimetres = RidgeRegression(
            fitting: inputs.enumerated().map { $0.offset % 3 == 1 ? $0.element * 1000 : $0.element }, columns: 3,
            targets: targets, targetCount: 1, penalty: 5)
        let (here, there) = (metres.predict([1, 2, 3])[0], millimetres.predict([1, 2000, 3])[0])
        #expect(abs(here - there) < 1e-4)
    }

    /// Without noise and with next to no penalty, a line comes back: y = 1 + 2 a − 3 b.
    @Test(arguments: [10, 255, 256, 257, 1000])
    func findsTheLineThatIsThere(rows: Int) {
        let (inputs, _) = Self.madeUp(rows: rows, columns: 2, seed: UInt64(rows))
        let targets = (0..<rows).map { (row: Int) -> Float in
            let (a, b) = (inputs[2 * row], inputs[2 * row + 1])
            return 1 + 2 * a - 3 * b
        }
        let regression = RidgeRegression(
            fitting: inputs, columns: 2, targets: targets, targetCount: 1, penalty: 1e-6)
        #expect(abs(regression.predict([0.5, 0.25])[0] - 1.25) < 1e-4)
        #expect(abs(regression.predict([-1, 1])[0] + 4) < 1e-4)
    }

    /// The solution is where the slope of the penalised error is nothing: Σ (y − ŷ) z = penalty · w in every column, here
    /// with columns that already have mean 0 and spread 1 (signs of every pattern of three).
    @Test func theErrorIsLevelAtTheSolution() {
        var inputs: [Float] = []
        for row in 0..<8 { for place in 0..<3 { inputs.append(row & (1 << place) == 0 ? -1 : 1) } }
        var random = TestRandom(seed: 3)
        let targets = (0..<8).map { _ in Float.random(in: 0...1, using: &random) }
        let regression = RidgeRegression(fitting: inputs, columns: 3, targets: targets, targetCount: 1, penalty: 4)
        let middle = regression.predict([0, 0, 0])[0]
        for column in 0..<3 {
            var unit: [Float] = [0, 0, 0]
            unit[column] = 1
            let slope = regression.predict(unit)[0] - middle
            var sum: Float = 0
            for row in 0..<8 {
                let input = Array(inputs[row * 3..<row * 3 + 3])
                sum += (targets[row] - regression.predict(input)[0]) * input[column]
            }
            #expect(abs(sum - 4 * slope) < 1e-5)
        }
    }

    @Test func eachTargetIsFittedAsIfItWereAlone() {
        let (inputs, first) = Self.madeUp(rows: 50, columns: 4, seed: 5)
        let second = first.map { 1 - $0 * $0 }
        let both = RidgeRegression(
            fitting: inputs, columns: 4, targets: zip(first, second).flatMap { [$0, $1] }, targetCount: 2, penalty: 3)
        let alone = RidgeRegression(fitting: inputs, columns: 4, targets: second, targetCount: 1, penalty: 3)
        #expect(both.predict([0.1, 0.2, 0.3, 0.4])[1] == alone.predict([0.1, 0.2, 0.3, 0.4])[0])
    }

    /// Rows come in pairs of equal inputs; a target measured on one of each pair is the same line at half the rows, so it
    /// equals the fit of those rows alone.
    @Test func aTargetThatWasNotMeasuredEverywhereIsFittedToWhereItWas() {
        let (half, targets) = Self.madeUp(rows: 40, columns: 2, seed: 7)
        let inputs = half + half
        let missing = targets + targets.map { _ in Float.nan }
        let fitted = RidgeRegression(fitting: inputs, columns: 2, targets: missing, targetCount: 1, penalty: 6)
        let alone = RidgeRegression(fitting: half, columns: 2, targets: targets, targetCount: 1, penalty: 6)
        #expect(abs(fitted.predict([0.3, -0.7])[0] - alone.predict([0.3, -0.7])[0]) < 1e-5)
    }

    @Test func aTargetThatWasMeasuredNowhereIsNotExpectedToBeAnything() {
        let regression = RidgeRegression(
            fitting: [1, 2, 3], columns: 1, targets: [0, .nan, 1, .nan, 1, .nan], targetCount: 2, penalty: 1)
        let expected = regression.predict([2])
        #expect(!expected[0].isNaN)
        #expect(expected[1].isNaN)
    }

    @Test func aColumnThatNeverMovesCountsForNothing() {
        let regression = RidgeRegression(
            fitting: [1, 7, 3, 7], columns: 2, targets: [10, 20], targetCount: 1, penalty: 2)
        #expect(regression.predict([4, 7]) == regression.predict([4, -100]))
        #expect(regression.predict([4, 7]) == [20])
    }

    @Test func aShortInputEndsInZeros() {
        let (inputs, targets) = Self.madeUp(rows: 30, columns: 3, seed: 9)
        let regression = RidgeRegression(fitting: inputs, columns: 3, targets: targets, targetCount: 1, penalty: 1)
        #expect(regression.predict([0.5]) == regression.predict([0.5, 0, 0]))
        #expect(regression.predict([0.5, 0, 0, 9]) == regression.predict([0.5, 0, 0]))
    }

    private static func madeUp(rows: Int, columns: Int, seed: UInt64) -> (inputs: [Float], targets: [Float]) {
        var random = TestRandom(seed: seed)
        let inputs = (0..<rows * columns).map { _ in Float.random(in: -2...2, using: &random) }
        let targets = (0..<rows).map { row in
            inputs[row * columns] + Float.random(in: 0...1, using: &random)
        }
        return (inputs, targets)
    }
}
