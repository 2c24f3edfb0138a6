extension RandomNumberGenerator {
    /// A number from 0 up to, not including, 1, from one call of `next()`.
    ///
    /// `(next() >> 11) · 2⁻⁵³`: the upper 53 bits, so every result is a multiple of 2⁻⁵³ and equally likely. We define
    /// it here because the standard library does not promise the algorithm of `Double.random`, and a seed must mean the
    /// same selection on every platform and in every later version.
    package mutating func uniformDraw() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
