import Routing
import Support
import Testing

struct CholeskyFactorTests {
    /// L of [[4, 2], [2, 5]] is [[2, 0], [1, 2]]. L y = [8, 8]: y = [4, (8 − 4) / 2 = 2]. Lᵀ x = y: x₁ = 2 / 2 = 1,
    /// x₀ = (4 − 1 · 1) / 2 = 1.5. Check: 4 · 1.5 + 2 · 1 = 8 and 2 · 1.5 + 5 · 1 = 8.
    @Test func solvesTwoEquationsAsByHand() {
        let factor = CholeskyFactor(of: [4, 2, 2, 5], size: 2)
        #expect(factor.solve([8, 8]) == [1.5, 1])
    }

    @Test func readsTheLowerHalfOnly() {
        let whole = CholeskyFactor(of: [4, 2, 2, 5], size: 2)
        let half = CholeskyFactor(of: [4, 99, 2, 5], size: 2)
        #expect(half.solve([1, -3]) == whole.solve([1, -3]))
    }

    @Test func columnsThatRepeatEachOtherDoNoHarm() {
        let solution = CholeskyFactor(of: [1, 1, 1, 1], size: 2).solve([2, 2])
        #expect(solution.allSatisfy { $0.isFinite })
        #expect(abs(solution[0] + solution[1] - 2) < 1e-6)
    }

    @Test(arguments: [1, 2, 3, 5, 9, 30])
    func theSolutionSatisfiesTheEquations(size: Int) {
        var random = TestRandom(seed: UInt64(size))
        let root = (0..<size * size).map { _ in Double.random(in: -1...1, using: &random) }
        var matrix = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                for inner in 0..<size {
                    matrix[row * size + column] += root[row * size + inner] * root[column * size + inner]
                }
            }
            matrix[row * size + row] += 0.1
        }
        let right = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
        let solution = CholeskyFactor(of: matrix, size: size).solve(right)
        for row in 0..<size {
            let left = (0..<size).reduce(0) { $0 + matrix[row * size + $1] * solution[$1] }
            #expect(abs(left - right[row]) < 1e-9)
        }
    }
}
