/// A mapping that keeps the order in which its keys came first.
struct ValueMapping: Sendable {
    private(set) var keys: [RunValue] = []
    private(set) var values: [RunValue] = []
    private(set) var depth = 1
    private var places: [Key: Int] = [:]

    /// What two keys are the same by: 1, 1.0 and true are, as in Python.
    private enum Key: Hashable {
        case none
        case number(Double)
        case integer(Int)
        case text([UInt8])

        init?(_ value: RunValue) {
            switch value {
            case .none: self = .none
            case .boolean, .integer: self = .integer(value.whole ?? 0)
            case .number(let number): self = Int(exactly: number).map(Key.integer) ?? .number(number)
            case .text(let text): self = .text(Array(text.utf8))
            default: return nil
            }
        }
    }

    /// The value of `key`, or nil.
    subscript(key: RunValue) -> RunValue? {
        Key(key).flatMap { places[$0] }.map { values[$0] }
    }

    subscript(name: String) -> RunValue? { self[.text(name)] }

    /// Puts a value under a key; refuses a key that can be none, or a value that is too deep.
    mutating func put(_ value: RunValue, under key: RunValue) throws(ChatTemplateRefusal) {
        guard let found = Key(key) else {
            throw ChatTemplateRefusal(.operation("\(key.kind) as a key", expected: "a text or a number"))
        }
        depth = max(depth, value.depth + 1)
        guard depth <= RunValue.mostDepth else {
            throw ChatTemplateRefusal(.tooMuch(.nesting, most: RunValue.mostDepth))
        }
        if let place = places[found] {
            values[place] = value
        } else {
            places[found] = keys.count
            keys.append(key)
            values.append(value)
        }
    }

    /// Keys with their values, as tuples.
    func pairs() throws(ChatTemplateRefusal) -> [RunValue] {
        var result: [RunValue] = []
        for (key, value) in zip(keys, values) { result.append(.tuple(try ValueRow([key, value]))) }
        return result
    }
}
