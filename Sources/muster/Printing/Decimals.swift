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
