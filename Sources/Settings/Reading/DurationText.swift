/// Reads spans of time as people write them.
package enum DurationText {
    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// Zero, or a number with a unit from 1 ms to ten years; nil for anything else.
    package static func parse(_ text: String) -> Duration? {
        for unit in units where text.hasSuffix(unit.suffix) {
            let digits = text.dropLast(unit.suffix.count)
            guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) else { continue }
            guard let number = Double(digits) else { continue }
            if number == 0 { return .zero }
            let milliseconds = (number * unit.milliseconds).rounded()
            return (1...3_650 * 86_400_000.0).contains(milliseconds) ? .milliseconds(Int64(milliseconds)) : nil
        }
        return text == "0" ? .zero : nil
    }
}
