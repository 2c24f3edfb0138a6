/// Reads metadata values and keeps count of what they cost, so that a small file cannot ask for much memory.
///
/// The type codes are those of the GGUF specification (ggml project): 0–5 whole numbers of 8, 16 and 32 bits, unsigned
/// and signed in turn, 6 Float32, 7 truth value (one byte), 8 text, 9 array, 10 and 11 whole numbers of 64 bits,
/// 12 Float64.
struct GGUFValueReader {
    /// Most elements in all arrays of a file together. An element takes one byte in the file at least and 24 in
    /// memory; the largest vocabularies have about 300,000 texts.
    static let mostElements: UInt64 = 1 << 24

    /// Most arrays inside one another.
    static let mostDepth = 4

    private var elements: UInt64 = 0

    /// Reads a value of type `code`.
    mutating func value(
        code: UInt32, at cursor: inout GGUFCursor, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> GGUFValue {
        try value(code: code, depth: 0, at: &cursor, in: bytes)
    }

    private mutating func value(
        code: UInt32, depth: Int, at cursor: inout GGUFCursor, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> GGUFValue {
        switch code {
        case 0: .unsigned(UInt64(try cursor.number(UInt8.self, in: bytes)))
        case 1: .signed(Int64(try cursor.number(Int8.self, in: bytes)))
        case 2: .unsigned(UInt64(try cursor.number(UInt16.self, in: bytes)))
        case 3: .signed(Int64(try cursor.number(Int16.self, in: bytes)))
        case 4: .unsigned(UInt64(try cursor.number(UInt32.self, in: bytes)))
        case 5: .signed(Int64(try cursor.number(Int32.self, in: bytes)))
        case 6: .real(Double(Float(bitPattern: try cursor.number(UInt32.self, in: bytes))))
        case 7: .flag(try flag(at: &cursor, in: bytes))
        case 8: .text(try cursor.text(.text, in: bytes))
        case 9: .array(try array(depth: depth + 1, at: &cursor, in: bytes))
        case 10: .unsigned(try cursor.number(UInt64.self, in: bytes))
        case 11: .signed(try cursor.number(Int64.self, in: bytes))
        case 12: .real(Double(bitPattern: try cursor.number(UInt64.self, in: bytes)))
        default: throw GGUFRefusal(offset: cursor.offset, reason: .unknownValueType(code))
        }
    }

    private func flag(at cursor: inout GGUFCursor, in bytes: Span<UInt8>) throws(GGUFRefusal) -> Bool {
        let offset = cursor.offset
        let byte = try cursor.number(UInt8.self, in: bytes)
        guard byte <= 1 else { throw GGUFRefusal(offset: offset, reason: .notTruthValue(byte)) }
        return byte == 1
    }

    private mutating func array(
        depth: Int, at cursor: inout GGUFCursor, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> [GGUFValue] {
        guard depth <= Self.mostDepth else {
            throw GGUFRefusal(offset: cursor.offset, reason: .arraysTooDeep(most: Self.mostDepth))
        }
        let code = try cursor.number(UInt32.self, in: bytes)
        let offset = cursor.offset
        let count = try cursor.number(UInt64.self, in: bytes)
        guard count <= Self.mostElements - elements else {
            throw GGUFRefusal(
                offset: offset, reason: .tooLong(.array, found: count, most: Self.mostElements - elements))
        }
        elements += count
        // Every element takes a byte at least: room is reserved only when the file can fill it.
        try cursor.need(count, in: bytes)
        var values: [GGUFValue] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            values.append(try value(code: code, depth: depth, at: &cursor, in: bytes))
        }
        return values
    }
}
