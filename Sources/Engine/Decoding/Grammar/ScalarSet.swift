/// A set of Unicode characters, as ranges of their numbers; surrogates are no characters and never in it.
struct ScalarSet: Hashable, Sendable {
    /// In rising order, none touching the next.
    let ranges: [ClosedRange<UInt32>]

    /// Every character.
    static let all = ScalarSet([0...0x10FFFF])

    /// The characters of ranges in any order, which may overlap.
    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.flatMap(Self.withoutSurrogates).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// One character.
    init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

    /// The characters that are not in the set.
    var inverted: ScalarSet {
        var others: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if next < range.lowerBound { others.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { others.append(next...0x10FFFF) }
        return ScalarSet(others)
    }

    /// The characters of both.
    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        var parts: [ClosedRange<UInt32>] = []
        if range.lowerBound < 0xD800 { parts.append(range.lowerBound...min(range.upperBound, 0xD7FF)) }
        if range.upperBound > 0xDFFF { parts.append(max(range.lowerBound, 0xE000)...min(range.upperBound, 0x10FFFF)) }
        return parts
    }
}
