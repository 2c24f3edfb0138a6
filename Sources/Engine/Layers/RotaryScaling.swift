import Foundation
import Kernels

/// How the angles of a rotary embedding are stretched to reach further than the context a model was trained on.
///
/// Where a model gives factors of pairs (Llama 3.1), each angle is divided by its pair's before all else, as llama.cpp
/// does.
struct RotaryScaling {
    /// Radians a position, `[pairs]`.
    let frequencies: [Double]

    /// What turned numbers are multiplied with.
    let magnitude: Double

    /// Plain angles: `base^(-2i / size)`.
    init(size: Int, base: Double, factors: [Float]? = nil) {
        frequencies = Self.plain(size: size, base: base, factors)
        magnitude = 1
    }

    /// Positions divided by `factor`: position interpolation, arXiv:2306.15595.
    init(size: Int, base: Double, factors: [Float]? = nil, linear factor: Double) {
        frequencies = Self.plain(size: size, base: base, factors).map { $0 / factor }
        magnitude = 1
    }

    /// YaRN (arXiv:2309.00071): fast pairs keep their angles, slow ones are interpolated, those between are mixed; and
    /// what is turned grows by `0.1 ln(factor) + 1`. The ramp is llama.cpp's, over whole pairs.
    init(
        size: Int, base: Double, factors: [Float]? = nil, yarn factor: Double, trainedContext: Int,
        fastTurns: Double = 32, slowTurns: Double = 1
    ) {
        func pair(turning turns: Double) -> Double {
            Double(size) * log(Double(trainedContext) / (turns * 2 * .pi)) / (2 * log(base))
        }
        let low = max(0, floor(pair(turning: fastTurns)))
        let high = min(Double(size) - 1, ceil(pair(turning: slowTurns)))
        frequencies = Self.plain(size: size, base: base, factors).enumerated().map { pair, frequency in
            let ramp = min(1, max(0, (Double(pair) - low) / max(0.001, high - low)))
            return frequency * (1 - ramp) + frequency / factor * ramp
        }
        magnitude = 0.1 * log(factor) + 1
    }

    private static func plain(size: Int, base: Double, _ factors: [Float]?) -> [Double] {
        (0..<size / 2).map { pair in
            let frequency = pow(base, -2 * Double(pair) / Double(size))
            return factors.map { frequency / Double($0[pair]) } ?? frequency
        }
    }
}

extension WeightFile {
    /// The rotary embedding of heads whose first `size` numbers turn, as the file describes its scaling.
    func rotary(size: Int, _ pairing: Rotation, base: Double? = nil) throws(ModelRefusal) -> RotaryEmbedding {
        guard size.isMultiple(of: 2) else {
            throw .value(key: path("rope.dimension_count"), found: "\(size)", expected: "an even number")
        }
        let turning = if let base { base } else { try number("rope.freq_base", missing: 10000) }
        let scaling = try scaling(size: size, base: turning)
        return RotaryEmbedding(frequencies: scaling.frequencies, pairing: pairing, magnitude: scaling.magnitude)
    }

    private func scaling(size: Int, base: Double) throws(ModelRefusal) -> RotaryScaling {
        guard base > 1 else {
            throw .value(key: path("rope.freq_base"), found: "\(base)", expected: "a number above 1")
        }
        let factors = try vector(ifPresent: "rope_freqs.weight", length: size / 2)
        if let factors, let bad = factors.first(where: { !($0 > 0) }) {
            throw .value(key: "rope_freqs.weight", found: "\(bad)", expected: "numbers above 0")
        }
        let factor = try number("rope.scaling.factor", missing: 1)
        guard factor > 0 else {
            throw .value(key: path("rope.scaling.factor"), found: "\(factor)", expected: "a number above 0")
        }
        switch try text("rope.scaling.type") ?? "none" {
        case "none": return RotaryScaling(size: size, base: base, factors: factors)
        case "linear": return RotaryScaling(size: size, base: base, factors: factors, linear: factor)
        case "yarn":
            return RotaryScaling(
                size: size, base: base, factors: factors, yarn: factor,
                trainedContext: try self.size("rope.scaling.original_context_length"),
                fastTurns: try number("rope.scaling.yarn_beta_fast", missing: 32),
                slowTurns: try number("rope.scaling.yarn_beta_slow", missing: 1))
        case let other:
            throw .value(key: path("rope.scaling.type"), found: other, expected: "none, linear or yarn")
        }
    }
}
