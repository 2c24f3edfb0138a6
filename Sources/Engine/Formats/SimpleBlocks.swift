/// Turns blocks of 32 numbers that share one scale into `Float`s: Q4_0, Q4_1, Q5_0, Q5_1 and Q8_0 of ggml.
///
/// `_0` means number = scale · (code − middle), `_1` means number = scale · code + least. A byte of 4-bit codes holds
/// number j in its lower half and number j + 16 in its upper half. A fifth bit stands apart: bit j of a UInt32.
enum SimpleBlocks {
    /// Scale (Float16), 16 bytes of codes 0…15 whose middle is 8.
    static func q4_0(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 0)
        for index in 0..<16 {
            let pair = block[2 + index]
            numbers[start + index] = scale * Float(Int(pair & 15) - 8)
            numbers[start + index + 16] = scale * Float(Int(pair >> 4) - 8)
        }
    }

    /// Scale and least (Float16 each), 16 bytes of codes 0…15.
    static func q4_1(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 0)
        let least = SingleNumbers.f16(block, at: 2)
        for index in 0..<16 {
            let pair = block[4 + index]
            numbers[start + index] = scale * Float(pair & 15) + least
            numbers[start + index + 16] = scale * Float(pair >> 4) + least
        }
    }

    /// Scale (Float16), 4 bytes of fifth bits, 16 bytes of the lower four; codes 0…31 whose middle is 16.
    static func q5_0(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 0)
        for index in 0..<32 {
            numbers[start + index] = scale * Float(fiveBits(block, at: 2, index) - 16)
        }
    }

    /// Scale and least (Float16 each), 4 bytes of fifth bits, 16 bytes of the lower four; codes 0…31.
    static func q5_1(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 0)
        let least = SingleNumbers.f16(block, at: 2)
        for index in 0..<32 {
            numbers[start + index] = scale * Float(fiveBits(block, at: 4, index)) + least
        }
    }

    /// Scale (Float16), 32 signed bytes.
    static func q8_0(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 0)
        for index in 0..<32 {
            numbers[start + index] = scale * Float(Int8(bitPattern: block[2 + index]))
        }
    }

    /// Code `index` of 32, whose fifth bits begin at byte `offset` and whose lower four follow them.
    private static func fiveBits(_ block: Span<UInt8>, at offset: Int, _ index: Int) -> Int {
        let fifth = block[offset + index / 8] >> UInt8(index % 8) & 1
        let pair = block[offset + 4 + index % 16]
        return Int(fifth) << 4 | Int(index < 16 ? pair & 15 : pair >> 4)
    }
}
