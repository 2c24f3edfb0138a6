extension UInt64 {
    /// All 16 hexadecimal digits.
    public var paddedHex: String { hexDigits(of: self) }
}

extension UInt8 {
    /// Both hexadecimal digits.
    public var paddedHex: String { hexDigits(of: self) }
}

/// All digits of a number in base 16, zeros in front. Written with every request, so it makes no text that is then joined.
func hexDigits(of number: some FixedWidthInteger & UnsignedInteger) -> String {
    let count = number.bitWidth / 4
    return String(unsafeUninitializedCapacity: count) { digits in
        var rest = number
        for place in stride(from: count - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: rest) & 15
            digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            rest >>= 4
        }
        return count
    }
}
