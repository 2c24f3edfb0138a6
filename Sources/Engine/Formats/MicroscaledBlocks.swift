/// Turns blocks of 32 four-bit floating-point numbers that share a power of two into `Float`s: MXFP4.
///
/// Source: OCP Microscaling Formats, version 1.0, in the layout of ggml: the exponent (E8M0, bias 127), then 16 bytes,
/// number j in the lower half of byte j and number j + 16 in the upper half. Exponent 255 means "not a number" in the
/// specification; ggml reads it as 2^128, and so do we, since the files are made for ggml.
enum MicroscaledBlocks {
    /// Twice the numbers that a sign, two bits of exponent and one of mantissa (E2M1) stand for.
    private static let doubled: InlineArray<16, Float> = [0, 1, 2, 3, 4, 6, 8, 12, -0.0, -1, -2, -3, -4, -6, -8, -12]

    static func mxfp4(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = halfPower(block[0])
        for index in 0..<16 {
            let pair = block[1 + index]
            numbers[start + index] = scale * doubled[Int(pair & 15)]
            numbers[start + index + 16] = scale * doubled[Int(pair >> 4)]
        }
    }

    /// 2^(exponent − 128), half the power that the block names: a `Float` holds it for every exponent, the two least as
    /// subnormal numbers.
    private static func halfPower(_ exponent: UInt8) -> Float {
        let bits: UInt32 = exponent < 2 ? 0x0020_0000 << UInt32(exponent) : (UInt32(exponent) - 1) << 23
        return Float(bitPattern: bits)
    }
}
