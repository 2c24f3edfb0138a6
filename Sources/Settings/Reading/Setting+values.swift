import Core

/// Numbers, switches, spans, sizes and choices: each within bounds, each refusal says what belongs there.
extension Setting {
    func whole(_ range: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        refuse(
            "\(written.quoted) does not fit",
            expected: "A whole number from \(range.lowerBound) to \(range.upperBound) belongs here")
        return nil
    }

    func number(_ range: ClosedRange<Double>) -> Double? {
        guard let text = text() else { return nil }
        if let value = Double(text), value.isFinite, range.contains(value) { return value }
        refuse(
            "\(written.quoted) does not fit",
            expected: "A number from \(range.lowerBound.short) to \(range.upperBound.short) belongs here")
        return nil
    }

    /// US dollars.
    func dollars(upTo most: Double) -> Double? {
        guard let text = text() else { return nil }
        if let value = Double(text), value.isFinite, (0...most).contains(value) { return value }
        refuse(
            "\(written.quoted) is not an amount", expected: "Dollars from 0 to \(most.short) belong here",
            fix: "Write a number alone, such as 0.01")
        return nil
    }

    func flag() -> Bool? {
        guard let text = text() else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            refuse("\(written.quoted) is neither true nor false")
            return nil
        }
    }

    /// One of the names of an enum.
    ///
    /// - Parameters:
    ///   - what: what is chosen, for the message.
    ///   - later: names that are designed but not in this version.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type, _ what: String, later: [String] = []
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text() else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let choose = "Choose \(names.orList)"
        if later.contains(text) {
            refuse("the \(what) \(text) is not available in this version", expected: choose)
        } else {
            refuse("there is no \(what) \(written.quoted)", expected: choose, fix: Self.meant(text, among: names))
        }
        return nil
    }

    /// A span of time such as `250ms`, `30s`, `5m`, `2h`, `30d`.
    func duration(zero: ZeroSpan = .refused) -> Duration? {
        guard let text = text() else { return nil }
        guard let duration = DurationText.parse(text) else {
            refuse("\(written.quoted) is not a span of time", fix: "Write it with its unit: 250ms, 30s, 5m, 2h or 30d")
            return nil
        }
        if duration == .zero, zero == .refused {
            refuse("a span of nothing makes no sense here", fix: "Write at least 1ms")
            return nil
        }
        return duration
    }

    /// Whether no time at all is a sensible span.
    enum ZeroSpan { case allowed, refused }

    /// Bytes such as `512KiB`, `16MiB`, `1GiB`, or a plain number.
    func size(_ range: ClosedRange<Int> = 1 << 10...1 << 30) -> Int? {
        guard let text = text() else { return nil }
        if let bytes = SizeText.parse(text), range.contains(bytes) { return bytes }
        refuse(
            "\(written.quoted) is not a size from \(SizeText.text(range.lowerBound)) to "
                + SizeText.text(range.upperBound), fix: "Write it as 512KiB, 16MiB or 1GiB")
        return nil
    }

    /// `Did you mean …?`, or nothing.
    static func meant(_ written: String, among names: some Sequence<String>) -> String {
        NearestName.of(written, among: names).map { "Did you mean \($0)?" } ?? ""
    }
}
