/// What a GGUF file says of its model, key by key: architecture, sizes, vocabulary.
///
/// An accessor refuses a missing key, or a value of another kind, by name: a model is not run on a guess.
public struct GGUFMetadata: Sendable {
    /// Longest key, bytes; the GGUF specification's bound.
    static let mostKeyBytes: UInt64 = 65535

    /// The keys in the file's order.
    public private(set) var keys: [String] = []

    private var entries: [String: Entry] = [:]

    private struct Entry {
        let offset: UInt64
        let value: GGUFValue
    }

    /// Reads `count` entries and leaves `cursor` behind them.
    init(count: UInt64, at cursor: inout GGUFCursor, in bytes: Span<UInt8>) throws(GGUFRefusal) {
        var reader = GGUFValueReader()
        for _ in 0..<count {
            let start = cursor.offset
            let key = try cursor.text(.key, most: Self.mostKeyBytes, in: bytes)
            guard entries[key] == nil else {
                throw GGUFRefusal(offset: start, reason: .duplicate(.key, name: key))
            }
            let code = try cursor.number(UInt32.self, in: bytes)
            let offset = cursor.offset
            entries[key] = Entry(offset: offset, value: try reader.value(code: code, at: &cursor, in: bytes))
            keys.append(key)
        }
    }

    /// The value of `key`, or nil when the file has none.
    public subscript(key: String) -> GGUFValue? { entries[key]?.value }

    /// The text of `key`. Throws `GGUFRefusal`.
    public func text(_ key: String) throws(GGUFRefusal) -> String {
        try read(key, expected: "a text") { $0.text }
    }

    /// The whole number of `key`, of any width. Throws `GGUFRefusal`, also for a number that `Int` cannot hold.
    public func integer(_ key: String) throws(GGUFRefusal) -> Int {
        try read(key, expected: "a whole number below 2^63") { $0.integer }
    }

    /// The number of `key`, whole or real. Throws `GGUFRefusal`.
    public func number(_ key: String) throws(GGUFRefusal) -> Double {
        try read(key, expected: "a number") { $0.number }
    }

    /// The truth value of `key`. Throws `GGUFRefusal`.
    public func flag(_ key: String) throws(GGUFRefusal) -> Bool {
        try read(key, expected: "a truth value") { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// The texts of the array `key`. Throws `GGUFRefusal`.
    public func texts(_ key: String) throws(GGUFRefusal) -> [String] {
        try readArray(key, expected: "an array of texts") { $0.text }
    }

    /// The whole numbers of the array `key`. Throws `GGUFRefusal`.
    public func integers(_ key: String) throws(GGUFRefusal) -> [Int] {
        try readArray(key, expected: "an array of whole numbers below 2^63") { $0.integer }
    }

    /// The numbers of the array `key`, whole or real. Throws `GGUFRefusal`.
    public func numbers(_ key: String) throws(GGUFRefusal) -> [Double] {
        try readArray(key, expected: "an array of numbers") { $0.number }
    }

    /// Where the value of `key` stands in the file, bytes; the start of the metadata for a key that is missing.
    func offset(of key: String) -> UInt64 {
        entries[key]?.offset ?? UInt64(GGUFHeader.byteCount)
    }

    private func read<Value>(
        _ key: String, expected: String, _ convert: (GGUFValue) -> Value?
    ) throws(GGUFRefusal) -> Value {
        guard let value = self[key] else {
            throw GGUFRefusal(offset: offset(of: key), reason: .missing(.key, name: key))
        }
        guard let converted = convert(value) else {
            throw GGUFRefusal(
                offset: offset(of: key), reason: .wrongValue(key: key, found: value.kind, expected: expected))
        }
        return converted
    }

    private func readArray<Element>(
        _ key: String, expected: String, _ convert: (GGUFValue) -> Element?
    ) throws(GGUFRefusal) -> [Element] {
        try read(key, expected: expected) { value in
            guard case .array(let elements) = value else { return nil }
            var converted: [Element] = []
            converted.reserveCapacity(elements.count)
            for element in elements {
                guard let element = convert(element) else { return nil }
                converted.append(element)
            }
            return converted
        }
    }
}
