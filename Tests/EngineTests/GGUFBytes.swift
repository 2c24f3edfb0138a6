/// Writes the bytes of a GGUF file for a test, right or wrong as the test asks: nothing is checked.
struct GGUFBytes {
    var version: UInt32 = 3
    var entries: [[UInt8]] = []
    var tensors: [[UInt8]] = []
    var alignment = 32
    var numbers: [UInt8] = []

    /// The whole file.
    var bytes: [UInt8] {
        var result = Array("GGUF".utf8) + Self.number(version)
        result += Self.number(UInt64(tensors.count)) + Self.number(UInt64(entries.count))
        result += entries.joined()
        result += tensors.joined()
        while !result.count.isMultiple(of: alignment) {
            result.append(0)
        }
        return result + numbers
    }

    /// Where the first entry begins, bytes.
    static let entriesStart = 24

    mutating func add(_ key: String, type: UInt32, _ value: [UInt8]) {
        entries.append(Self.text(key) + Self.number(type) + value)
    }

    mutating func add(tensor name: String, shape: [UInt64], type: UInt32, start: UInt64) {
        let lengths = Array(shape.map { Self.number($0) }.joined())
        tensors.append(
            Self.text(name) + Self.number(UInt32(shape.count)) + lengths + Self.number(type) + Self.number(start))
    }

    static func text(_ text: String) -> [UInt8] {
        number(UInt64(text.utf8.count)) + Array(text.utf8)
    }

    static func number<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    /// An array's value: type of the elements, count, elements.
    static func array(type: UInt32, _ elements: [[UInt8]]) -> [UInt8] {
        number(type) + number(UInt64(elements.count)) + Array(elements.joined())
    }

    /// A small whole file with all kinds of values and two tensors, of 64 and 68 bytes, the second up to the last byte.
    static var small: GGUFBytes {
        var file = GGUFBytes()
        file.add("general.architecture", type: 8, text("olmoe"))
        file.add("general.alignment", type: 4, number(UInt32(32)))
        file.add("olmoe.scale", type: 6, number(Float(0.5).bitPattern))
        file.add("olmoe.tied", type: 7, [1])
        file.add("tokens", type: 9, array(type: 8, [text("a"), text("é"), text("")]))
        file.add("scores", type: 9, array(type: 6, [number(Float(-1).bitPattern), number(Float(2).bitPattern)]))
        file.add(tensor: "norm", shape: [4, 4], type: 0, start: 0)
        file.add(tensor: "up", shape: [32, 2], type: 8, start: 64)
        for value in 0..<16 {
            file.numbers += number(Float(value).bitPattern)
        }
        file.numbers += (0..<68).map { UInt8($0) }
        return file
    }
}
