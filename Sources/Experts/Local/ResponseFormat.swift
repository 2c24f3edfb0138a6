import Core
import Engine

/// The form that an answer must have: `response_format` as OpenAI writes it, and llama.cpp's shorter way.
enum ResponseFormat {
    /// The grammar to keep to; nil for any text.
    ///
    /// A schema's properties are written in the order of their names: that of the client was lost when its JSON was read.
    static func grammar(_ format: JSONValue?, faults: LocalFaults) throws -> Grammar? {
        guard let format else { return nil }
        guard case .object = format else { throw faults.wrong(name, format.found, expected: "an object with a type") }
        switch format["type"]?.text {
        case "text": return nil
        case "json_object": return try format["schema"].map { try grammar(of: $0, faults) } ?? .anyObject
        case "json_schema":
            guard let schema = format["json_schema"]?["schema"] ?? format["schema"] else {
                throw faults.wrong("\(name).json_schema", "has no schema", expected: "{\"name\": …, \"schema\": {…}}")
            }
            return try grammar(of: schema, faults)
        default:
            throw faults.wrong(
                "\(name).type", format["type"]?.found ?? "is missing", expected: "text, json_object or json_schema")
        }
    }

    private static let name = "response_format"

    private static func grammar(of schema: JSONValue, _ faults: LocalFaults) throws -> Grammar {
        let text = try schema.bytes()
        do throws(GrammarRefusal) {
            return try Grammar(jsonSchema: text)
        } catch {
            throw faults.wrong(name, "cannot be kept to: \(error)", expected: "a schema of the supported kind")
        }
    }
}
