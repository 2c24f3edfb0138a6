import Core

/// What a client's body holds beyond the usual, taken out one member at a time: a local expert follows what it knows
/// and refuses the rest by name, so that nobody takes a plain answer for what was asked.
struct RequestExtras {
    private var left: [String: JSONValue]
    private let faults: LocalFaults

    init(_ extra: [String: JSONValue], faults: LocalFaults) {
        left = extra.filter { $0.value != .null }
        self.faults = faults
    }

    /// The member, taken out; nil if it is absent or null.
    mutating func take(_ name: String) -> JSONValue? { left.removeValue(forKey: name) }

    mutating func number(_ name: String) throws -> Double? {
        guard let value = take(name) else { return nil }
        guard let number = value.double else { throw faults.wrong(name, value.found, expected: "a number") }
        return number
    }

    mutating func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = value.whole, range.contains(number) else {
            throw faults.wrong(
                name, value.found, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Numbers by token id: `{"42": -100}`.
    mutating func biases(_ name: String) throws -> [Int: Double] {
        guard let value = take(name) else { return [:] }
        guard case .object(let members) = value else {
            throw faults.wrong(name, value.found, expected: "an object of numbers by token id")
        }
        guard members.count <= Self.mostBiases else {
            throw faults.wrong(name, "has \(members.count) members", expected: "at most \(Self.mostBiases)")
        }
        var biases: [Int: Double] = [:]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let token = Int(key), token >= 0 else {
                throw faults.wrong(name, "names the token \"\(key.prefix(40))\"", expected: "the number of a token")
            }
            guard let bias = value.double else {
                throw faults.wrong("\(name)[\(token)]", value.found, expected: "a number")
            }
            biases[token] = bias
        }
        return biases
    }

    /// As many as OpenAI takes are a few hundred; a vocabulary has more tokens than anybody lists.
    private static let mostBiases = 10_000

    /// Refuses what asks for more than text, and whatever is not known. Members that change nothing about the text pass.
    mutating func refuseOthers(known: [String]) throws {
        if let count = take("n"), count.whole != 1 {
            throw faults.unsupported("n", "only one answer is made at a time", hint: "Leave it out, or ask again")
        }
        for name in Self.idle { _ = take(name) }
        guard let name = left.keys.min() else { return }
        let known = known + ["n"]
        let meant = NearestName.of(name, among: known).map { "Did you mean \($0)?" }
        throw faults.unsupported(
            String(name.prefix(80)), "a local expert does not know it",
            hint: meant ?? "Leave it out; known are \(known.sorted().joined(separator: ", "))")
    }

    /// OpenAI's members that say something about the call and nothing about the text.
    private static let idle = [
        "user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "parallel_tool_calls",
        "stream", "stream_options",
    ]
}

extension JSONValue {
    /// What was found, in words; a long text is not repeated.
    var found: String {
        switch self {
        case .null: "is null"
        case .bool(let flag): "is \(flag)"
        case .integer(let number): "is \(number)"
        case .number(let number): "is \(number)"
        case .string(let text): text.utf8.count <= 40 ? "is \"\(text)\"" : "is a string"
        case .array: "is an array"
        case .object: "is an object"
        }
    }
}
