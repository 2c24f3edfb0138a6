import Foundation
import Kernels
import Testing

struct GaussianErrorUnitTests {
    private func bent(_ numbers: [Float], path: CPUPath) -> [Float] {
        var numbers = numbers
        GaussianErrorUnit.apply(to: &numbers, count: numbers.count, path: path)
        return numbers
    }

    /// Steps of a thousandth over all where the bell is not flat, in rows with a rest behind the last whole vector.
    @Test(arguments: CPUPath.allCases)
    func agreesWithThePlainFormula(path: CPUPath) {
        let numbers = (-20_005...20_005).map { Float($0) / 1000 }
        let wrong = zip(numbers, bent(numbers, path: path)).filter { number, found in
            let exact = Double(number) * erfc(-Double(number) / 2.0.squareRoot()) / 2
            return !(abs(Double(found) - exact) <= 4e-7 * max(1, abs(Double(number))))
        }
        #expect(wrong.isEmpty)
    }

    /// Φ is 1 far above and 0 far below, and x · Φ(x) at 0 is 0.
    @Test(arguments: CPUPath.allCases)
    func isPlainFarFromZero(path: CPUPath) {
        #expect(bent([0, 100, -100, 1e30, 7], path: path).prefix(4) == [0, 100, 0, 1e30])
        #expect(bent([.nan], path: path)[0].isNaN)
        #expect(bent([], path: path) == [])
    }

    @Test(arguments: CPUPath.allCases)
    func aNumbersPlaceChangesNothing(path: CPUPath) {
        let numbers = (0..<19).map { Float($0) / 3 - 3 }
        let together = bent(numbers, path: path)
        for (index, number) in numbers.enumerated() { #expect(bent([number], path: path) == [together[index]]) }
    }
}
