/// Writes numbers as Python does.
enum NumberText {
    /// The shortest digits that read back the same; with an exponent below 1e-4 and from 1e16 on.
    static func text(of value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        // Swift gives the same digits, with an exponent in other places.
        let parts = value.magnitude.description.split(separator: "e")
        let sides = (parts.first ?? "0").split(separator: ".")
        let before = String(sides.first ?? "0")
        let behind = sides.count > 1 && sides[1] != "0" ? String(sides[1]) : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let leading = (before + behind).prefix { $0 == "0" }.count
        var digits = String((before + behind).dropFirst(leading))
        while digits.last == "0" { digits.removeLast() }
        let sign = value.sign == .minus ? "-" : ""
        guard !digits.isEmpty else { return sign + "0.0" }
        // The value is 0.digits times ten to the point.
        let point = before.count + exponent - leading
        switch point {
        case ...(-4), 17...:
            let fraction = digits.dropFirst()
            let power = point - 1
            let exponent = String(power.magnitude)
            let mantissa = "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".\(fraction)")"
            return "\(mantissa)e\(power < 0 ? "-" : "+")\(exponent.count < 2 ? "0" : "")\(exponent)"
        case ...0:
            return sign + "0." + String(repeating: "0", count: -point) + digits
        default:
            let whole = digits.prefix(point)
            let fraction = digits.dropFirst(point)
            return sign + whole + String(repeating: "0", count: point - whole.count) + "."
                + (fraction.isEmpty ? "0" : fraction)
        }
    }

    /// The whole number a text says, as Python's `int` reads it; nil when it says none that fits.
    static func whole(_ text: String, radix: Int) -> Int? {
        let digits = PythonText.stripped(text, nil).lowercased().filter { $0 != "_" }
        // A prefix such as 0x may stand there if it names the radix.
        let prefix = [2: "0b", 8: "0o", 16: "0x"][radix]
        let bare = prefix.flatMap { digits.hasPrefix($0) ? String(digits.dropFirst(2)) : nil } ?? digits
        return Int(bare, radix: radix)
    }

    /// The number a text says, as Python's `float` reads it.
    static func real(_ text: String) -> Double? {
        let digits = PythonText.stripped(text, nil)
        switch digits.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        case "nan", "+nan", "-nan": return .nan
        default:
            guard digits.unicodeScalars.allSatisfy({ "0123456789+-.eE_".unicodeScalars.contains($0) }) else {
                return nil
            }
            let bare = digits.filter { $0 != "_" }
            return Double(bare.hasSuffix(".") ? bare + "0" : bare)
        }
    }
}
