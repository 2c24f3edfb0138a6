import Foundation
import Kernels

/// Turns pairs of numbers of a query or key by angles that grow with the position, so that their product depends on
/// the distance. Source: RoPE, arXiv:2104.09864.
///
/// Pair `i` of `pairs` at position `p` turns by `p · frequencies[i]`. Frequencies are given, so that every way of
/// stretching a context (`RotaryScaling`) is a way of making them.
final class RotaryEmbedding: Sendable {
    /// Radians a position, `[pairs]`.
    let frequencies: [Double]

    /// Which numbers make a pair.
    let pairing: Rotation

    /// What the turned numbers are multiplied with (YaRN's attention factor); usually 1.
    let magnitude: Double

    init(frequencies: [Double], pairing: Rotation, magnitude: Double = 1) {
        self.frequencies = frequencies
        self.pairing = pairing
        self.magnitude = magnitude
    }

    /// The cosines and sines of the rows of a pass: row by row `[pairs]` cosines, then `[pairs]` sines.
    func table(of positions: [Int], memory: WorkingMemory) -> ActivationRows {
        let pairs = frequencies.count
        let table = memory.rows(positions.count, width: 2 * pairs)
        for (row, position) in positions.enumerated() {
            for pair in 0..<pairs {
                let angle = Double(position) * frequencies[pair]
                table[row][pair] = Float(cos(angle) * magnitude)
                table[row][pairs + pair] = Float(sin(angle) * magnitude)
            }
        }
        return table
    }

    /// Turns heads of `headSize` numbers, which fill the rows of `x`, from their number `first` on.
    func turn(_ x: ActivationRows, headSize: Int, from first: Int = 0, _ pass: Pass) {
        let pairs = frequencies.count
        let table = pass.table(of: self)
        pass.bench.forEach(x.count) { row in
            pairing.turn(
                x[row] + first, heads: x.width / headSize, stride: headSize, cosines: table[row],
                sines: table[row] + pairs, pairs: pairs)
        }
    }
}
