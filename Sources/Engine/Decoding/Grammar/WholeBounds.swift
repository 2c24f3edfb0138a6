/// Sizes of numbers without their sign; no most means any size.
struct Magnitudes {
    var least: UInt64
    var most: UInt64?
}

/// The whole numbers that bounds of a schema leave.
struct WholeBounds {
    /// The least number; nil if there is none.
    let least: Int?
    /// The largest number; nil if there is none.
    let most: Int?

    /// Bounds of a schema, fractions rounded inwards; nil if it has none.
    init?(_ schema: Schema) throws(GrammarRefusal) {
        let least = [
            try Self.bound(schema, "minimum", .up, beyond: 0),
            try Self.bound(schema, "exclusiveMinimum", .down, beyond: 1),
        ].compactMap(\.self).max()
        let most = [
            try Self.bound(schema, "maximum", .down, beyond: 0),
            try Self.bound(schema, "exclusiveMaximum", .up, beyond: -1),
        ].compactMap(\.self).min()
        guard least != nil || most != nil else { return nil }
        if let least, let most, least > most {
            throw GrammarRefusal(
                schema.place,
                .wrongValue(keyword: "the largest number", found: "\(most)", expected: "at least the least, \(least)"))
        }
        self.least = least
        self.most = most
    }

    /// Numbers from 0.
    var positive: Magnitudes? {
        if let most, most < 0 { return nil }
        return Magnitudes(least: UInt64(max(0, least ?? 0)), most: most.map(UInt64.init))
    }

    /// Sizes of the numbers below 0.
    var negative: Magnitudes? {
        if let least, least >= 0 { return nil }
        return Magnitudes(least: UInt64(max(1, -(most ?? -1))), most: least.map { UInt64(-$0) })
    }

    private static func bound(
        _ schema: Schema, _ keyword: String, _ rounding: FloatingPointRoundingRule, beyond: Int
    ) throws(GrammarRefusal) -> Int? {
        guard let value = schema[keyword] else { return nil }
        if let whole = value.whole { return whole + beyond }
        guard case .number(let text) = value, let number = Double(text)?.rounded(rounding),
            abs(number) <= Double(GrammarLimits.bound), let whole = Int(exactly: number)
        else { throw schema.wrong(keyword, expected: "a number from -10^18 to 10^18") }
        return whole + beyond
    }
}
