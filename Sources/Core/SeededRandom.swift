/// SplitMix64: a small generator whose sequence is the same on every machine, so a seed means the same everywhere.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in [0, 1) with 53 random bits. The standard library's own conversions are not promised to stay.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number in 0..<bound, without bias that could be measured (64-bit multiply, Lemire 2019).
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "the bound of a draw is positive")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Puts the elements in a random order (Fisher–Yates), the same for the same seed everywhere.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
    }

    /// A seed for one of several independent draws: question `index` of a run seeded with `seed`.
    public static func derived(from seed: UInt64, index: UInt64) -> UInt64 {
        var random = SeededRandom(seed: seed ^ (index &* 0xD6E8_FEB8_6659_FD93))
        return random.next() & ((1 << 53) - 1)
    }
}
