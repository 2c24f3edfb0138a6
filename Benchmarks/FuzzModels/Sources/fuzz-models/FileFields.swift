/// Where the numbers of a sound model file stand that a reader goes by: counts, lengths, types, values, shapes.
///
/// It trusts the file, which we have written ourselves.
struct FileFields {
    /// A number in the file.
    struct Field {
        let offset: Int
        /// Bytes.
        let width: Int
    }

    /// What a number is for; each kind is damaged as often as any other, however many there are of it.
    enum Kind: CaseIterable {
        case header, keyLength, valueType, value, arrayLength, element, text, tensorName, dimension, tensorType, start
    }

    private(set) var fields: [Kind: [Field]] = [:]

    /// Where the numbers of the tensors begin.
    private(set) var numbersStart = 0

    private let bytes: [UInt8]
    private var position = 24

    init(of bytes: [UInt8]) {
        self.bytes = bytes
        fields[.header] = [
            Field(offset: 0, width: 4), Field(offset: 4, width: 4), Field(offset: 8, width: 8),
            Field(offset: 16, width: 8),
        ]
        let (tensors, entries) = (number(at: 8, 8), number(at: 16, 8))
        for _ in 0..<entries {
            skipText(.keyLength)
            let type = note(.valueType, 4)
            value(type, .value)
        }
        for _ in 0..<tensors {
            skipText(.tensorName)
            for _ in 0..<note(.dimension, 4) { note(.dimension, 8) }
            note(.tensorType, 4)
            note(.start, 8)
        }
        numbersStart = (position + 31) / 32 * 32
    }

    private mutating func value(_ type: Int, _ kind: Kind) {
        switch type {
        case 8: skipText(.text)
        case 9:
            let element = note(.valueType, 4)
            for _ in 0..<note(.arrayLength, 8) { value(element, .element) }
        case 0, 1, 7: note(kind, 1)
        case 2, 3: note(kind, 2)
        case 4, 5, 6: note(kind, 4)
        default: note(kind, 8)
        }
    }

    /// Notes the length of a text and skips its letters.
    private mutating func skipText(_ kind: Kind) { position += note(kind, 8) }

    @discardableResult
    private mutating func note(_ kind: Kind, _ width: Int) -> Int {
        fields[kind, default: []].append(Field(offset: position, width: width))
        defer { position += width }
        return number(at: position, width)
    }

    private func number(at offset: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
