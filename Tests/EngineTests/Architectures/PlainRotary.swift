import Foundation

/// Turns the numbers of a head by its position, for the plain twin.
struct PlainRotary {
    /// Radians a position, of each pair.
    var frequencies: [Double]
    var magnitude = 1.0
    var turnsNeighbours: Bool

    /// The head with its first `2 · pairs` numbers turned and the rest as they were.
    func turned(_ head: [Double], position: Int) -> [Double] {
        var result = head
        for (pair, frequency) in frequencies.enumerated() {
            let (first, second) = turnsNeighbours ? (2 * pair, 2 * pair + 1) : (pair, pair + frequencies.count)
            let angle = Double(position) * frequency
            result[first] = magnitude * (head[first] * cos(angle) - head[second] * sin(angle))
            result[second] = magnitude * (head[first] * sin(angle) + head[second] * cos(angle))
        }
        return result
    }

    /// `base^(-2i / size)`.
    static func frequencies(size: Int, base: Double) -> [Double] {
        (0..<size / 2).map { 1 / pow(base, Double(2 * $0) / Double(size)) }
    }

    /// YaRN's, written as its authors' code has them: where a pair turns `turns` times in the trained context, a mask
    /// that falls from 1 to 0 between 32 turns and one, and a mix of the old and the stretched angles by that mask.
    static func yarn(
        size: Int, base: Double, factor: Double, trained: Int, factors: [Double]? = nil
    ) -> [Double] {
        let dimension = { (turns: Double) in
            Double(size) * log(Double(trained) / (turns * 2 * Double.pi)) / (2 * log(base))
        }
        let low = max(dimension(32).rounded(.down), 0)
        let high = min(dimension(1).rounded(.up), Double(size - 1))
        return frequencies(size: size, base: base).enumerated().map { pair, plain in
            let old = plain / (factors?[pair] ?? 1)
            let ramp = (Double(pair) - low) / (high == low ? 0.001 : high - low)
            let mask = 1 - min(max(ramp, 0), 1)
            return old / factor * (1 - mask) + old * mask
        }
    }
}

extension PlainFile {
    /// The rotary embedding of a layer.
    func rotary(layer: Int) throws -> PlainRotary {
        let size = try size("rope.dimension_count")
        guard family != .gemma3 || !family.seesWindow(layer: layer) else {
            return PlainRotary(
                frequencies: PlainRotary.frequencies(size: size, base: 10000), turnsNeighbours: false)
        }
        let base = number("rope.freq_base") ?? 10000
        var rotary = PlainRotary(
            frequencies: PlainRotary.frequencies(size: size, base: base), turnsNeighbours: family.turnsNeighbours)
        let factor = number("rope.scaling.factor") ?? 1
        let factors = has("rope_freqs.weight") ? try vector("rope_freqs.weight") : nil
        if let factors { rotary.frequencies = zip(rotary.frequencies, factors).map { $0 / $1 } }
        switch text("rope.scaling.type") {
        case "linear": rotary.frequencies = (1 / factor) * rotary.frequencies
        case "yarn":
            rotary.frequencies = PlainRotary.yarn(
                size: size, base: base, factor: factor, trained: try self.size("rope.scaling.original_context_length"),
                factors: factors)
            // DeepSeek's growth is in the scale of all products instead.
            if family != .deepseek2 { rotary.magnitude = 0.1 * log(factor) + 1 }
        default: break
        }
        return rotary
    }
}
