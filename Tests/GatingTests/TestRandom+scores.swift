import Support

extension TestRandom {
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
