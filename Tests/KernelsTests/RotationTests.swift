import Foundation
import Kernels
import Support
import Testing

struct RotationTests {
    /// A quarter turn takes (a, b) to (-b, a); an angle of 0 changes nothing. The fifth number is beyond the pairs.
    @Test(arguments: CPUPath.allCases)
    func turnsByHand(path: CPUPath) {
        var row: [Float] = [1, 2, 3, 4, 5]
        Rotation.adjacent.turn(&row, heads: 1, stride: 5, cosines: [0, 1], sines: [1, 0], pairs: 2, path: path)
        #expect(row == [-2, 1, 3, 4, 5])
        row = [1, 2, 3, 4, 5]
        Rotation.halves.turn(&row, heads: 1, stride: 5, cosines: [0, 1], sines: [1, 0], pairs: 2, path: path)
        #expect(row == [-3, 2, 1, 4, 5])
    }

    /// Every path against the formula in Double, with several heads, rests of a vector, and numbers between heads.
    @Test(arguments: CPUPath.allCases, [Rotation.adjacent, .halves])
    func agreesWithThePlainFormula(path: CPUPath, rotation: Rotation) {
        var random = TestRandom(seed: 21)
        for pairs in Array(0...19) + [32, 40, 48, 64, 96] {
            let heads = 3
            let stride = 2 * pairs + 3
            let angles = random.numbers(pairs, size: 100)
            let cosines = angles.map { cos($0) }
            let sines = angles.map { sin($0) }
            let row = random.numbers(heads * stride, size: 5)
            var turned = row
            rotation.turn(
                &turned, heads: heads, stride: stride, cosines: cosines + [.nan], sines: sines + [.nan], pairs: pairs,
                path: path)
            for head in 0..<heads {
                for pair in 0..<pairs {
                    let first = head * stride + (rotation == .adjacent ? 2 * pair : pair)
                    let second = rotation == .adjacent ? first + 1 : first + pairs
                    let (a, b) = (Double(row[first]), Double(row[second]))
                    let (c, s) = (Double(cosines[pair]), Double(sines[pair]))
                    // Two products and a sum, each rounding by at most 2⁻²⁴ of the products' sizes.
                    #expect(abs(Double(turned[first]) - (a * c - b * s)) <= 0x1p-23 * (abs(a * c) + abs(b * s)))
                    #expect(abs(Double(turned[second]) - (a * s + b * c)) <= 0x1p-23 * (abs(a * s) + abs(b * c)))
                }
                let rest = head * stride + 2 * pairs..<(head + 1) * stride
                #expect(turned[rest] == row[rest], "numbers beyond the pairs stay")
            }
        }
    }

    /// A turn and the turn back give the row again, but for rounding.
    @Test(arguments: CPUPath.allCases, [Rotation.adjacent, .halves])
    func theTurnBackUndoesTheTurn(path: CPUPath, rotation: Rotation) {
        var random = TestRandom(seed: 22)
        let angles = random.numbers(37, size: 3)
        let (cosines, sines) = (angles.map { cos($0) }, angles.map { sin($0) })
        let row = random.numbers(74)
        var turned = row
        rotation.turn(&turned, heads: 1, stride: 74, cosines: cosines, sines: sines, pairs: 37, path: path)
        #expect(zip(turned, row).contains { abs($0 - $1) > 0.5 })
        rotation.turn(&turned, heads: 1, stride: 74, cosines: cosines, sines: sines.map { -$0 }, pairs: 37, path: path)
        // Two turns of numbers up to √2, and cos² + sin² is 1 but for the roundings of both.
        #expect(zip(turned, row).allSatisfy { abs($0 - $1) <= 10 * 0x1p-24 })
    }
}
