extension Double {
    /// Dollars with six decimals and no trailing zeros: `0.0004`.
    package var inDollars: String {
        let micros = (self * 1_000_000).rounded()
        guard abs(micros) < 1e15 else { return String(self) }
        let whole = Int(micros)
        var fraction = String(whole.magnitude % 1_000_000 + 1_000_000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        let dollars = (whole < 0 ? "-" : "") + String(whole.magnitude / 1_000_000)
        return fraction.isEmpty ? dollars : dollars + "." + fraction
    }
}
