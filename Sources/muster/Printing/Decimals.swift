import Foundation

extension Double {
    /// This number with so many digits after the point.
    func decimals(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }

    /// Seconds as people read them: `0.8 s`, `42 s`, `3 min 20 s`.
    var asDuration: String {
        if self < 10 { return decimals(1) + " s" }
        let whole = Int(rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}

extension Double {
    /// Seconds where milliseconds count: `850 µs`, `12 ms`, `1.23 s`, `3 min 20 s`.
    var asShortTime: String {
        if self < 0.001 { return "\((self * 1_000_000).decimals(0)) µs" }
        if self < 1 { return "\((self * 1_000).decimals(self < 0.01 ? 1 : 0)) ms" }
        return self < 60 ? decimals(2) + " s" : asDuration
    }
}
