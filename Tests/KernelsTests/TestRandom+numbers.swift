import Support

extension TestRandom {
    /// `count` numbers from -size to size.
    mutating func numbers(_ count: Int, size: Float = 1) -> [Float] {
        (0..<count).map { _ in Float.random(in: -size...size, using: &self) }
    }
}
