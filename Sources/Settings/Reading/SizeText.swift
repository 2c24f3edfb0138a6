/// Reads sizes as people write them: `512KiB`, `16MiB`, `1GiB`, or bytes alone.
enum SizeText {
    /// Bytes; nil if it is no size or more than an `Int` holds.
    static func parse(_ text: String) -> Int? {
        for (suffix, factor) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)] {
            guard text.hasSuffix(suffix), let number = Int(text.dropLast(suffix.count)), number >= 0 else { continue }
            let (bytes, overflows) = number.multipliedReportingOverflow(by: factor)
            return overflows ? nil : bytes
        }
        return nil
    }
}
