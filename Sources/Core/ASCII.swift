extension UInt8 {
    /// The same letter of ASCII in lower case; everything else as it is.
    @inlinable public var asciiLowered: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }

    /// A letter or digit of ASCII.
    @inlinable public var isASCIIWord: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(asciiLowered)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
