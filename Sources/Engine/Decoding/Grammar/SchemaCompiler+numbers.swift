/// Whole numbers and numbers, with bounds as automata over decimal digits.
extension SchemaCompiler {
    private static let digits: ClosedRange<UInt8> = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// A whole number, without a point.
    mutating func integer(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        guard let bounds = try WholeBounds(schema) else {
            let sign = try sign(from)
            builder.edge(sign, "0", target)
            return try unbounded(digits: 1, sign, target)
        }
        if let magnitudes = bounds.positive { try magnitude(magnitudes, from, target) }
        if let magnitudes = bounds.negative {
            let minus = try builder.node()
            builder.edge(from, "-", minus)
            try magnitude(magnitudes, minus, target)
        }
    }

    /// A number, with a point and an exponent if they are wanted; with bounds, without an exponent.
    mutating func number(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        for keyword in ["exclusiveMinimum", "exclusiveMaximum"] where schema[keyword] != nil {
            throw schema.wrong(keyword, expected: "the type integer beside it; use minimum or maximum")
        }
        for keyword in ["minimum", "maximum"] where schema[keyword] != nil && schema[keyword]?.whole == nil {
            throw schema.wrong(keyword, expected: "a whole number up to 10^18, or the type integer beside it")
        }
        guard let bounds = try WholeBounds(schema) else {
            let sign = try sign(from)
            let whole = try builder.node()
            builder.edge(sign, "0", whole)
            try unbounded(digits: 1, sign, whole)
            return try fractionAndExponent(whole, target)
        }
        if let magnitudes = bounds.positive { try fractional(magnitudes, from, target) }
        if bounds.least ?? -1 < 0 {
            let minus = try builder.node()
            builder.edge(from, "-", minus)
            let least = max(0, -(bounds.most ?? 0))
            try fractional(Magnitudes(least: UInt64(least), most: bounds.least.map { UInt64(-$0) }), minus, target)
        }
    }

    private mutating func sign(_ from: Int32) throws(GrammarRefusal) -> Int32 {
        let behind = try builder.node()
        builder.edge(from, "-", behind)
        builder.jump(from, behind)
        return behind
    }

    private mutating func fractionAndExponent(_ whole: Int32, _ target: Int32) throws(GrammarRefusal) {
        let fractional = try builder.node()
        builder.jump(whole, fractional)
        try fraction(of: Self.digits, whole, fractional)
        builder.jump(fractional, target)
        let exponent = try builder.node()
        let digits = try builder.node()
        builder.edge(fractional, "e", exponent)
        builder.edge(fractional, "E", exponent)
        builder.edge(exponent, "+", digits)
        builder.edge(exponent, "-", digits)
        builder.jump(exponent, digits)
        try builder.repeated(Self.digits, from: 1, to: GrammarLimits.exponentDigits, digits, target)
    }

    private mutating func fraction(
        of digits: ClosedRange<UInt8>, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        let point = try builder.node()
        builder.edge(from, ".", point)
        try builder.repeated(digits, from: 1, to: GrammarLimits.digits, point, target)
    }

    /// Numbers from `least` to `most`: a whole part below `most` with any fraction, or `most` with none or zeros.
    private mutating func fractional(
        _ magnitudes: Magnitudes, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        guard magnitudes.most.map({ $0 >= magnitudes.least }) ?? true else { return }
        if magnitudes.most.map({ $0 > magnitudes.least }) ?? true {
            let whole = try builder.node()
            try magnitude(
                Magnitudes(least: magnitudes.least, most: magnitudes.most.map { $0 - 1 }), from, whole)
            builder.jump(whole, target)
            try fraction(of: Self.digits, whole, target)
        }
        if let most = magnitudes.most {
            let whole = try builder.node()
            try builder.literal(Array(String(most).utf8), from, whole)
            builder.jump(whole, target)
            let zero = UInt8(ascii: "0")
            try fraction(of: zero...zero, whole, target)
        }
    }

    /// Whole numbers without a sign from `least` to `most`, or of any size.
    private mutating func magnitude(
        _ magnitudes: Magnitudes, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        // Numbers of as many digits are compared digit by digit: powers of ten part them.
        var low: UInt64 = 0
        var high: UInt64 = 9
        while true {
            let least = max(low, magnitudes.least)
            let most = min(high, magnitudes.most ?? high)
            if least <= most { try sameLength(least, most, from, target) }
            if let most = magnitudes.most, most <= high { return }
            if magnitudes.most == nil, magnitudes.least <= high {
                return try unbounded(digits: String(high).utf8.count + 1, from, target)
            }
            (low, high) = (high + 1, high * 10 + 9)
        }
    }

    /// Numbers of `digits` or more digits, the first not 0.
    private mutating func unbounded(digits: Int, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        let rest = try builder.node()
        builder.edge(from, UInt8(ascii: "1")...UInt8(ascii: "9"), rest)
        try builder.repeated(Self.digits, from: digits - 1, to: GrammarLimits.digits - 1, rest, target)
    }

    /// Numbers from `least` to `most`, which have the same number of digits.
    private mutating func sameLength(
        _ least: UInt64, _ most: UInt64, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        let low = Array(String(least).utf8)
        let high = Array(String(most).utf8)
        /// Whether the digits so far are those of the least, and of the most.
        struct Tightness: Hashable {
            var low: Bool
            var high: Bool
        }
        var places = [Tightness(low: true, high: true): from]
        for position in low.indices {
            var next: [Tightness: Int32] = [:]
            for (tightness, place) in places {
                let first = tightness.low ? low[position] : UInt8(ascii: "0")
                let last = tightness.high ? high[position] : UInt8(ascii: "9")
                guard first <= last else { continue }
                var (lower, upper) = (Int(first), Int(last))
                func reach(_ digits: ClosedRange<UInt8>, _ tightness: Tightness) throws(GrammarRefusal) {
                    let known = position == low.count - 1 ? target : next[tightness]
                    let reached: Int32
                    if let known { reached = known } else { reached = try builder.node() }
                    next[tightness] = reached
                    builder.edge(place, digits, reached)
                }
                if tightness.low, tightness.high, first == last {
                    try reach(first...last, tightness)
                    continue
                }
                if tightness.low {
                    try reach(first...first, Tightness(low: true, high: false))
                    lower += 1
                }
                if tightness.high {
                    try reach(last...last, Tightness(low: false, high: true))
                    upper -= 1
                }
                guard lower <= upper else { continue }
                try reach(UInt8(lower)...UInt8(upper), Tightness(low: false, high: false))
            }
            places = next
        }
    }
}
