/// Reads sizes as people write them: `512KiB`, `16MiB`, `1GiB`, or bytes alone.
package enum SizeText {
    /// Bytes; nil if it is no size or more than an `Int` holds.
    package static func parse(_ text: String) -> Int? {
        for (suffix, factor) in units {
            let digits = text.dropLast(suffix.count)
            guard text.hasSuffix(suffix), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = Int(digits)
            else { continue }
            let (bytes, overflows) = number.multipliedReportingOverflow(by: factor)
            return overflows ? nil : bytes
        }
        return nil
    }

    /// The same bytes as people write them, in the largest unit that needs no fraction.
    package static func text(_ bytes: Int) -> String {
        let unit = units.filter { bytes >= $0.factor && bytes.isMultiple(of: $0.factor) }.max { $0.factor < $1.factor }
        return unit.map { "\(bytes / $0.factor)\($0.suffix)" } ?? "\(bytes)"
    }

    private static let units: [(suffix: String, factor: Int)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1),
    ]
}
