import Foundation

/// How a report writes its numbers, for every reader alike: a point between whole and fraction, whatever the country.
enum Numerals {
    /// `62.4 %` of 0.624.
    static func percent(_ share: Double) -> String { share.isFinite ? points(share) + " %" : "–" }

    /// `62.4` of 0.624, `−0.4` of −0.004 with a real minus sign.
    static func points(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let size = decimals(abs(100 * share), 1)
        return share < 0 && size != "0.0" ? "−" + size : size
    }

    /// `+1.3` of 0.013; `0.0` of nothing.
    static func signedPoints(_ share: Double) -> String {
        let points = points(share)
        return share > 0 && share.isFinite && points != "0.0" ? "+" + points : points
    }

    /// `$0.00123`: three digits that tell, never `1e-05`.
    static func dollars(_ dollars: Double) -> String {
        guard dollars.isFinite, dollars != 0 else { return dollars == 0 ? "$0" : "–" }
        let places = min(max(2 - Int(log10(abs(dollars)).rounded(.down)), 2), 9)
        return "$" + decimals(dollars, places)
    }

    /// `12,032` of 12032.4.
    static func count(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "–" }
        let digits = String(Int(abs(number).rounded()))
        var grouped = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return (number <= -0.5 ? "−" : "") + grouped
    }

    /// A number with so many decimals, and a hyphen for a minus as programs expect it.
    static func decimals(_ value: Double, _ count: Int) -> String {
        let scale = (0..<count).reduce(1) { power, _ in power * 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 1e18 else { return value.isFinite ? String(value) : "–" }
        let digits = Int(scaled)
        let sign = value < 0 && digits > 0 ? "-" : ""
        guard count > 0 else { return sign + String(digits) }
        let fraction = String(digits % scale)
        return sign + String(digits / scale) + "." + String(repeating: "0", count: count - fraction.count) + fraction
    }
}
