/// Finds what a JSON string has to escape, eight bytes at a time where none is near: reading and writing strings is mostly
/// passing over what needs nothing.
enum PlainBytes {
    /// The place of the next quote, backslash or control character; the number of bytes if there is none.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let whole = UnsafeRawPointer(base)
        var place = start
        while true {
            while place + 8 <= bytes.count, !holdsMark(whole.loadUnaligned(fromByteOffset: place, as: UInt64.self)) {
                place += 8
            }
            let end = min(place + 8, bytes.count)
            while place < end {
                let byte = base[place]
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return place }
                place += 1
            }
            if place == bytes.count { return place }
        }
    }

    /// True if one of eight bytes may be a quote, a backslash or below a space: a byte x is zero where `x - 1` borrows
    /// from its top bit and x has none. A borrow may reach the next byte: then it says true too often, never too seldom.
    private static func holdsMark(_ block: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = block ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslash = block ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let control = (block &- ones &* 0x20) & ~block
        return (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & (ones &* 0x80) != 0
    }
}
