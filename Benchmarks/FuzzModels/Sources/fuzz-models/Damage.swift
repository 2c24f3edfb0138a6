/// Ways in which a file may be damaged, by chance or by somebody who means it.
struct Damage {
    /// What was done, for people.
    private(set) var story: [String] = []

    /// The damaged file.
    private(set) var bytes: [UInt8]

    private let fields: FileFields

    init(_ bytes: [UInt8], _ fields: FileFields) {
        self.bytes = bytes
        self.fields = fields
    }

    /// Does one to three things to the file.
    mutating func apply(using random: inout some RandomNumberGenerator) {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<20: flip(in: 0..<fields.numbersStart, using: &random)
            case 20..<62: replaceField(using: &random)
            case 62..<72: resize(using: &random)
            case 72..<80: flip(in: fields.numbersStart..<max(fields.numbersStart, bytes.count), using: &random)
            case 80..<95: fill(using: &random)
            default: move(using: &random)
            }
        }
    }

    /// One bit, or one byte.
    private mutating func flip(in range: Range<Int>, using random: inout some RandomNumberGenerator) {
        guard let place = range.clamped(to: 0..<bytes.count).randomElement(using: &random) else { return }
        let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
        let mask = Bool.random(using: &random) ? bit : .random(in: 1...255, using: &random)
        bytes[place] ^= mask
        story.append("byte \(place) xor \(mask)")
    }

    /// A number that the reader goes by becomes one at a boundary, or one near it.
    private mutating func replaceField(using random: inout some RandomNumberGenerator) {
        // Values are what the model's sizes are made of.
        let isValue = Int.random(in: 0..<3, using: &random) == 0
        let kind = isValue ? .value : FileFields.Kind.allCases.randomElement(using: &random)
        guard let kind, let field = fields.fields[kind]?.randomElement(using: &random),
            field.offset + field.width <= bytes.count
        else { return }
        let old = number(at: field)
        let near = [old &+ 1, old &- 1, old &* 2, old / 2, old &* 3, old ^ 0x8000_0000]
        guard let number = (Self.boundaries + near).randomElement(using: &random) else { return }
        write(number, at: field)
        story.append("\(kind) at \(field.offset) was \(old), is \(number)")
    }

    /// One size becomes another wherever it stands, in values and in shapes: a file that fits together again.
    private mutating func resize(using random: inout some RandomNumberGenerator) {
        let sizes = (fields.fields[.value] ?? []) + (fields.fields[.dimension] ?? [])
        let whole = sizes.filter { $0.offset + $0.width <= bytes.count }
        guard let old = whole.map(number).randomElement(using: &random), old > 0 else { return }
        let new = [old - 1, old / 2, old &+ 1, old &* 2, 1, 2, 3, 4].randomElement(using: &random) ?? old
        for field in whole where number(at: field) == old { write(new, at: field) }
        story.append("\(old) is \(new) everywhere")
    }

    private func number(at field: FileFields.Field) -> UInt64 {
        (0..<field.width).reduce(0) { $0 | UInt64(bytes[field.offset + $1]) << UInt64(8 * $1) }
    }

    private mutating func write(_ number: UInt64, at field: FileFields.Field) {
        for index in 0..<field.width {
            bytes[field.offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
        }
    }

    /// Small sizes and type codes; the edges of 24, 31, 32, 63 and 64 bits; floats that are none, infinite, the largest
    /// and the smallest.
    private static let boundaries: [UInt64] = [
        0, 1, 2, 3, 5, 8, 9, 10, 12, 14, 30, 31, 33, 39, 63, 255, 4096, 0x1_0000, 0x100_0000, 0x100_0001, 0x7FFF_FFFF,
        0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 1 << 40, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 31, .max - 1, .max,
        0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x3F80_0000, 0x7F7F_FFFF, 0x7FF8_0000_0000_0000, 0x7FF0_0000_0000_0000,
    ]

    /// A stretch of the tensors' numbers, or all of them, becomes not a number, infinite, huge or nothing.
    private mutating func fill(using random: inout some RandomNumberGenerator) {
        guard fields.numbersStart < bytes.count else { return }
        let patterns: [[UInt8]] = [
            [0xFF], [0, 0, 0xC0, 0x7F], [0, 0, 0x80, 0x7F], [0, 0, 0x80, 0xFF], [0x7F], [0], [0, 0x7C], [0xFF, 0xFB],
            [0xFF, 0xFF, 0x7F, 0x7F], [0x80], [1, 0, 0, 0],
        ]
        guard let pattern = patterns.randomElement(using: &random) else { return }
        let start = Int.random(in: fields.numbersStart..<bytes.count, using: &random) / 32 * 32
        let first = Int.random(in: 0..<8, using: &random) == 0 ? fields.numbersStart : max(start, fields.numbersStart)
        let most = bytes.count - first
        let count = Bool.random(using: &random) ? most : min(most, Int.random(in: 1...4096, using: &random))
        for index in 0..<count { bytes[first + index] = pattern[index % pattern.count] }
        story.append("\(count) bytes from \(first) are \(pattern)")
    }

    /// Bytes are taken out, put in, or cut off at the end.
    private mutating func move(using random: inout some RandomNumberGenerator) {
        let place = Int.random(in: 0..<max(1, min(bytes.count, fields.numbersStart)), using: &random)
        let count = Int.random(in: 1...16, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            bytes.removeSubrange(place..<min(bytes.count, place + count))
            story.append("\(count) bytes taken out at \(place)")
        case 1:
            bytes.insert(contentsOf: [UInt8](repeating: .random(in: 0...255, using: &random), count: count), at: place)
            story.append("\(count) bytes put in at \(place)")
        default:
            let kept = Int.random(in: 0...bytes.count, using: &random)
            bytes.removeSubrange(kept...)
            story.append("cut to \(kept) bytes")
        }
    }
}
