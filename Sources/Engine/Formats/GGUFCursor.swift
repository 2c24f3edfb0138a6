/// Reads the pieces of a GGUF file one after the other, each held to the bytes that are there.
///
/// The bytes are handed to each call, so that the cursor is a plain value; all numbers are little-endian.
struct GGUFCursor {
    /// Position of the next piece, bytes from the start of the file.
    private(set) var position: Int

    /// A cursor at `position`, which is not negative.
    init(position: Int) {
        self.position = position
    }

    /// Position as a refusal names it.
    var offset: UInt64 { UInt64(position) }

    /// Reads a whole number of the width of `Number`.
    mutating func number<Number: FixedWidthInteger>(
        _: Number.Type, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> Number {
        let width = Number.bitWidth / 8
        try need(UInt64(width), in: bytes)
        var value: UInt64 = 0
        for index in (0..<width).reversed() {
            value = value << 8 | UInt64(bytes[position + index])
        }
        position += width
        return Number(truncatingIfNeeded: value)
    }

    /// Reads a length (UInt64) and as many bytes of UTF-8; `most` bounds the length, bytes.
    mutating func text(
        _ what: GGUFRefusal.Piece, most: UInt64 = .max, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> String {
        let start = offset
        let length = try number(UInt64.self, in: bytes)
        guard length <= most else {
            throw GGUFRefusal(offset: start, reason: .tooLong(what, found: length, most: most))
        }
        try need(length, in: bytes)
        let letters = bytes.extracting(position..<position + Int(length))
        let text = letters.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
        guard let text else { throw GGUFRefusal(offset: offset, reason: .notText(what)) }
        position += Int(length)
        return text
    }

    /// Refuses when fewer than `count` bytes are left.
    func need(_ count: UInt64, in bytes: Span<UInt8>) throws(GGUFRefusal) {
        let left = UInt64(max(0, bytes.count - position))
        guard count <= left else {
            let end = offset.addingReportingOverflow(count)
            throw GGUFRefusal(
                offset: offset,
                reason: .truncated(found: UInt64(bytes.count), needed: end.overflow ? .max : end.partialValue))
        }
    }
}
