import Foundation
import Kernels
import Support
import Testing

struct GatedActivationTests {
    private static let activations: [GatedActivation] = [
        .swiglu, .geglu, .clampedSwiglu(alpha: 1.702, limit: 7), .clampedSwiglu(alpha: 1, limit: 0.5),
    ]

    /// Every path against the formulas in Double, over small and large gates and all lengths around a vector's.
    @Test(arguments: CPUPath.allCases, activations)
    func agreesWithThePlainFormula(path: CPUPath, activation: GatedActivation) {
        var random = TestRandom(seed: 11)
        for length in Array(0...33) + [100, 1023] {
            for size: Float in [0.01, 1, 12, 120] {
                let gate = random.numbers(length, size: size)
                let up = random.numbers(length, size: 9)
                let result = applied(activation, gate: gate, up: up, path: path)
                #expect(result.count == length)
                for index in gate.indices {
                    let (exact, bound) = plain(activation, gate: Double(gate[index]), up: Double(up[index]))
                    #expect(abs(Double(result[index]) - exact) <= bound, "gate \(gate[index]), up \(up[index])")
                }
            }
        }
    }

    /// With gates from -87 to -20 and 1 beside them SwiGLU is gate / exp(-gate), so that the exponential shows alone:
    /// it may err by 2⁻²³, and adding 1 and dividing by 2⁻²⁴ each.
    @Test(arguments: CPUPath.allCases)
    func theExponentialIsGoodToItsLastPlace(path: CPUPath) {
        let gate = (0..<67 * 512).map { -20 - Float($0) / 512 }
        let result = applied(.swiglu, gate: gate, up: [Float](repeating: 1, count: gate.count), path: path)
        let worst = zip(gate, result).map { gate, result in
            let exact = Double(gate) / (1 + exp(-Double(gate)))
            return abs(Double(result) / exact - 1)
        }.max()
        #expect((worst ?? 1) <= 4 * 0x1p-24)
    }

    /// silu(0) = 0; gelu(0) = 0; with the gate 0 clamped SwiGLU gives 0 whatever the other number.
    @Test(arguments: CPUPath.allCases, activations)
    func aClosedGateLetsNothingThrough(path: CPUPath, activation: GatedActivation) {
        #expect(applied(activation, gate: [0, 0, -0.0], up: [3, -5, 9], path: path) == [0, 0, 0])
    }

    /// Far to the right each activation is its gate; far to the left it is nothing. Clamped at 7 the gate is 7, the
    /// other number 1000 becomes 7, and 7 · (7 + 1) = 56; -1000 becomes -7, and 7 · (-7 + 1) = -42.
    @Test(arguments: CPUPath.allCases)
    func saturates(path: CPUPath) {
        for activation in [GatedActivation.swiglu, .geglu] {
            #expect(
                applied(activation, gate: [1e20, -1e20, 1e30, -1e30], up: [2, 2, 2, 2], path: path) == [
                    2e20, 0, 2e30, 0,
                ])
        }
        let clamped = GatedActivation.clampedSwiglu(alpha: 10, limit: 7)
        #expect(applied(clamped, gate: [9, 1e30, 9, -1e30], up: [1000, 7, -1000, 1], path: path) == [56, 56, -42, 0])
    }

    @Test(arguments: CPUPath.allCases, activations)
    func noNumberStaysNoNumber(path: CPUPath, activation: GatedActivation) {
        let result = applied(
            activation, gate: [.nan, 1, 1, .nan, 1, 1, 1, 1, .nan], up: [1, .nan, 1, 1, 1, 1, 1, 1, 1], path: path)
        #expect(result.map(\.isNaN) == [true, true, false, true, false, false, false, false, true])
    }

    /// A number's result does not depend on where in the row it stands.
    @Test(arguments: CPUPath.allCases, activations)
    func treatsAllPlacesAlike(path: CPUPath, activation: GatedActivation) {
        var random = TestRandom(seed: 12)
        let gate = random.numbers(21, size: 5)
        let up = random.numbers(21, size: 5)
        let together = applied(activation, gate: gate, up: up, path: path)
        let singly = gate.indices.flatMap { applied(activation, gate: [gate[$0]], up: [up[$0]], path: path) }
        #expect(together == singly)
    }

    /// The result in Double, and how far a Float path may be from it. exp errs by at most 2⁻²³, adding, dividing and
    /// multiplying by 2⁻²⁴ each, clamped SwiGLU's `u + 1` by one more relative to u and 1. What rounds in the
    /// exponent t weighs |t|-fold: six roundings for GELU, one for alpha. Below t = -88 the exponential overflows and
    /// the result is 0 rather than less than 1e-35.
    private func plain(_ activation: GatedActivation, gate: Double, up: Double) -> (exact: Double, bound: Double) {
        let unit = 0x1p-24
        switch activation {
        case .swiglu:
            let exact = gate / (1 + exp(-gate)) * up
            return (exact, 5.1 * unit * abs(exact) + 1e-35)
        case .geglu:
            let inner = (2 / Double.pi).squareRoot() * (gate + 0.044715 * gate * gate * gate)
            let exact = gate / (1 + exp(-2 * inner)) * up
            return (exact, (5.1 + 6 * abs(2 * inner)) * unit * abs(exact) + 1e-35)
        case .clampedSwiglu(let alpha, let limit):
            let open = min(gate, Double(limit))
            let other = max(-Double(limit), min(Double(limit), up))
            let sigmoid = open / (1 + exp(-Double(alpha) * open))
            let slack = (5.1 + abs(Double(alpha) * open)) * abs(other + 1) + abs(other) + 1
            return (sigmoid * (other + 1), slack * unit * abs(sigmoid) + 1e-35)
        }
    }

    private func applied(_ activation: GatedActivation, gate: [Float], up: [Float], path: CPUPath) -> [Float] {
        var room = gate + [77]
        activation.apply(to: &room, up: up + [.nan], count: gate.count, path: path)
        #expect(room.last == 77, "nothing behind the row may change")
        return room.dropLast()
    }
}
