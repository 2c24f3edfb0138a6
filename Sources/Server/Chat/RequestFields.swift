import Core

/// The members of a JSON object from a client, taken out one at a time; each refusal names the member by its path.
struct RequestFields {
    /// Where this object stands: empty for the body itself, else `messages[0]`, `muster` …
    private let place: String
    /// What nobody has asked for yet.
    private(set) var left: [String: JSONValue]

    init(_ value: JSONValue, at place: String) throws {
        guard case .object(let members) = value else {
            throw Self.wrong(place.isEmpty ? "body" : place, value, expected: "An object is expected")
        }
        self.place = place
        left = members
    }

    /// The path of a member, such as `messages[0].role`.
    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    /// The member, taken out; nil if it is absent or null.
    mutating func take(_ name: String) -> JSONValue? {
        let value = left.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    mutating func text(_ name: String) throws -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.text else { throw Self.wrong(path(name), value, expected: "A string is expected") }
        return text
    }

    mutating func flag(_ name: String) throws -> Bool? {
        guard let value = take(name) else { return nil }
        guard case .bool(let flag) = value else {
            throw Self.wrong(path(name), value, expected: "true or false is expected")
        }
        return flag
    }

    mutating func whole(_ name: String, _ range: ClosedRange<Int> = Int.min...Int.max) throws -> Int? {
        guard let value = take(name) else { return nil }
        let isBounded = range != Int.min...Int.max
        let bounds = isBounded ? " from \(range.lowerBound) to \(range.upperBound)" : ""
        guard let number = value.whole, range.contains(number) else {
            throw Self.wrong(path(name), value, expected: "A whole number\(bounds) is expected")
        }
        return number
    }

    mutating func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        guard let value = take(name) else { return nil }
        let number: Double? =
            switch value {
            case .integer(let whole): Double(whole)
            case .number(let number): number
            default: nil
            }
        guard let number, range.contains(number) else {
            throw Self.wrong(
                path(name), value, expected: "A number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// Refuses members that nobody took.
    func refuseOthers(known: [String]) throws {
        guard let name = left.keys.min() else { return }
        let meant = NearestName.of(name, among: known).map { "Did you mean \($0)?" }
        throw Fault(
            .invalidRequest, path(String(name.prefix(80))), "there is no such member",
            expected: meant ?? "There are \(known.joined(separator: ", "))")
    }

    /// A value that is not what was expected; a long one is not repeated.
    static func wrong(_ path: String, _ value: JSONValue, expected: String) -> Fault {
        let found: String =
            switch value {
            case .null: "it is null"
            case .bool(let flag): "it is \(flag)"
            case .integer(let number): "it is \(number)"
            case .number(let number): "it is \(number)"
            case .string(let text): text.utf8.count <= 40 ? "it is \"\(text)\"" : "it is a string"
            case .array: "it is an array"
            case .object: "it is an object"
            }
        return Fault(.invalidRequest, path, found, expected: expected)
    }
}
