import Core
import Foundation

/// A whole value as JSON, as the `body` columns hold it.
enum Body {
    /// The most that one row may hold: far above any answer, far below SQLite's own limit of 10⁹ bytes.
    static let limit = 64 * 1024 * 1024

    /// - Throws: `tooLarge` if the JSON has more bytes than `limit`. `place` names the row in faults.
    static func encode(_ value: some Encodable, _ place: String) throws -> String {
        // A cost or probability that went wrong becomes a text: worth seeing, not worth losing the rest for.
        try checked(JSONWriter().bytes(of: value), place)
    }

    /// The same of a value that writes itself.
    static func encode(_ value: some JSONTold & Encodable, _ place: String) throws -> String {
        try checked(value.told(), place)
    }

    private static func checked(_ json: [UInt8], _ place: String) throws -> String {
        guard json.count <= limit else {
            throw Fault(
                .tooLarge, place, "it has \(json.count) bytes as JSON", expected: "At most \(limit) are kept",
                hint: "Keep shorter texts")
        }
        return String(decoding: json, as: UTF8.self)
    }

    /// - Throws: `UnreadableValue` if the text is not such a value.
    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String, _ place: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return try decoder.decode(type, from: Data(text.utf8)) } catch { throw UnreadableValue(place: place) }
    }
}
