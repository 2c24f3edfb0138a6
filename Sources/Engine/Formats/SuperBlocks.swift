/// Turns blocks of 256 numbers with scales of scales into `Float`s: Q2_K to Q6_K of ggml.
///
/// A block is cut into parts of 16 or 32 numbers. Each part has a small whole scale (and in Q2_K, Q4_K, Q5_K a small
/// whole offset); one or two Float16 scale those. number = scale · part scale · code − offset scale · part offset.
/// Products of these few bits are exact in `Float`, so the order of multiplying does not matter.
enum SuperBlocks {
    /// 16 bytes of parts of 16 (scale in the lower half, offset in the upper), 64 bytes of 2-bit codes, two Float16.
    static func q2_K(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 80)
        let offsetScale = SingleNumbers.f16(block, at: 82)
        for part in 0..<16 {
            let partScale = scale * Float(block[part] & 15)
            let offset = offsetScale * Float(block[part] >> 4)
            for index in part * 16..<part * 16 + 16 {
                numbers[start + index] = partScale * Float(twoBits(block, at: 16, index)) - offset
            }
        }
    }

    /// 32 bytes of third bits, 64 bytes of 2-bit codes, 12 bytes of scales for parts of 16, a Float16.
    ///
    /// A third bit that is not set takes 4 away, so codes are −4…3. Bit k of third-bit byte j is for number 32 k + j.
    static func q3_K(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 108)
        for part in 0..<16 {
            // Six bits around 32: the lower four as halves of bytes 0…7, the upper two as quarters of bytes 8…11.
            let low = part < 8 ? block[96 + part] & 15 : block[96 + part - 8] >> 4
            let high = block[104 + part % 4] >> UInt8(part / 4 * 2) & 3
            let partScale = scale * Float(Int(low | high << 4) - 32)
            for index in part * 16..<part * 16 + 16 {
                let third = block[index % 32] >> UInt8(index / 32) & 1
                let code = Int(twoBits(block, at: 32, index)) - (third == 0 ? 4 : 0)
                numbers[start + index] = partScale * Float(code)
            }
        }
    }

    /// Two Float16, 12 bytes of scales and offsets for parts of 32, 128 bytes of 4-bit codes.
    static func q4_K(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        for part in 0..<8 {
            let (partScale, offset) = sixBitPair(block, part)
            for index in part * 32..<part * 32 + 32 {
                numbers[start + index] = partScale * Float(fourBits(block, at: 16, index, span: 32)) - offset
            }
        }
    }

    /// As Q4_K, with 32 bytes of fifth bits before the codes. Bit k of fifth-bit byte j is for number 32 k + j.
    static func q5_K(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        for part in 0..<8 {
            let (partScale, offset) = sixBitPair(block, part)
            for index in part * 32..<part * 32 + 32 {
                let fifth = block[16 + index % 32] >> UInt8(part) & 1
                let code = fourBits(block, at: 48, index, span: 32) | fifth << 4
                numbers[start + index] = partScale * Float(code) - offset
            }
        }
    }

    /// 128 bytes of the lower four bits, 64 bytes of the upper two, 16 signed scales for parts of 16, a Float16. The
    /// middle of the codes is 32.
    static func q6_K(_ block: Span<UInt8>, into numbers: inout MutableSpan<Float>, at start: Int) {
        let scale = SingleNumbers.f16(block, at: 208)
        for part in 0..<16 {
            let partScale = scale * Float(Int8(bitPattern: block[192 + part]))
            for index in part * 16..<part * 16 + 16 {
                let code = fourBits(block, at: 0, index, span: 64) | twoBits(block, at: 128, index) << 4
                numbers[start + index] = partScale * Float(Int(code) - 32)
            }
        }
    }

    /// Two bits of number `index`: 32 bytes hold 128 numbers, number j + 32 k of them in quarter k of byte j.
    private static func twoBits(_ block: Span<UInt8>, at offset: Int, _ index: Int) -> UInt8 {
        block[offset + index / 128 * 32 + index % 32] >> UInt8(index % 128 / 32 * 2) & 3
    }

    /// Four bits of number `index`: `span` bytes hold `2 · span` numbers, the first `span` in the lower halves.
    private static func fourBits(_ block: Span<UInt8>, at offset: Int, _ index: Int, span: Int) -> UInt8 {
        let byte = block[offset + index / (2 * span) * span + index % span]
        return index % (2 * span) < span ? byte & 15 : byte >> 4
    }

    /// Scale and offset of part 0…7 in Q4_K and Q5_K: six bits each, packed into 12 bytes behind the two Float16.
    ///
    /// Bytes 0…3 have the scales and bytes 4…7 the offsets of parts 0…3 in their lower six bits. The upper two bits
    /// belong to parts 4…7, whose lower four bits are in bytes 8…11: scale below, offset above.
    private static func sixBitPair(_ block: Span<UInt8>, _ part: Int) -> (scale: Float, offset: Float) {
        let first = block[4 + part % 4]
        let second = block[8 + part % 4]
        let third = block[12 + part % 4]
        let scale = part < 4 ? first & 63 : third & 15 | (first >> 6) << 4
        let offset = part < 4 ? second & 63 : third >> 4 | (second >> 6) << 4
        return (
            SingleNumbers.f16(block, at: 0) * Float(scale), SingleNumbers.f16(block, at: 2) * Float(offset)
        )
    }
}
