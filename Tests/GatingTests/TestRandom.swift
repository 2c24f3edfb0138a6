/// SplitMix64: a seeded generator for tests, the same everywhere.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A Float from -4 to 4 in steps of 2⁻²¹.
    mutating func score() -> Float {
        Float(next() >> 40) / 2_097_152 - 4
    }

    /// Scores with some ties, some NaN and some minus infinity among them.
    mutating func awkwardRow(count: Int) -> [Float] {
        (0..<count).map { _ in
            switch next() % 8 {
            case 0: .nan
            case 1: -.infinity
            case 2, 3: Float(next() % 3)
            default: score()
            }
        }
    }
}

/// A generator that says exactly what it is told, and counts how often it was asked.
struct ScriptedRandom: RandomNumberGenerator {
    private let script: [UInt64]
    private(set) var asked = 0

    init(_ script: [UInt64]) {
        self.script = script
    }

    mutating func next() -> UInt64 {
        defer { asked += 1 }
        return script[asked]
    }
}
