/// Reads spans of time as people write them.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// A number with a unit, from 1 ms to ten years; nil for anything else.
    static func parse(_ text: String) -> Duration? {
        for unit in units where text.hasSuffix(unit.suffix) {
            guard let number = Double(text.dropLast(unit.suffix.count)), number.isFinite else { continue }
            let milliseconds = number * unit.milliseconds
            guard milliseconds >= 1, milliseconds <= 3_650 * 86_400_000 else { return nil }
            return .milliseconds(Int64(milliseconds))
        }
        return text == "0" || text == "0s" ? .zero : nil
    }
}
