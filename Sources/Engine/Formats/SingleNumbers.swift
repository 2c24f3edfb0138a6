/// Reads numbers that are stored singly: Float32, Float16 and BFloat16, all little-endian.
enum SingleNumbers {
    static func f32(_ bytes: Span<UInt8>) -> Float {
        let low = UInt32(bytes[0]) | UInt32(bytes[1]) << 8
        return Float(bitPattern: low | UInt32(bytes[2]) << 16 | UInt32(bytes[3]) << 24)
    }

    /// The Float16 whose first byte is at `offset`; also the scale of nearly every block.
    static func f16(_ bytes: Span<UInt8>, at offset: Int) -> Float {
        Float(Float16(bitPattern: UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8))
    }

    /// A BFloat16 is the upper half of a Float32.
    static func bf16(_ bytes: Span<UInt8>) -> Float {
        Float(bitPattern: UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 24)
    }
}
