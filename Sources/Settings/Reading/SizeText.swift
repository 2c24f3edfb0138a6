/// Reads sizes as people write them: `512KiB`, `16MiB`, `1GiB`, or bytes alone.
package enum SizeText {
    /// Bytes; nil if it is no size or more than an `Int` holds.
    package static func parse(_ text: String) -> Int? {
        for (suffix, factor) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)] {
            let digits = text.dropLast(suffix.count)
            guard text.hasSuffix(suffix), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = Int(digits)
            else { continue }
            let (bytes, overflows) = number.multipliedReportingOverflow(by: factor)
            return overflows ? nil : bytes
        }
        return nil
    }
}
