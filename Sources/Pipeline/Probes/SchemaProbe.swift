import Core

/// Is it held to a schema that the question does not tell?
struct SchemaProbe: CapabilityProbe {
    let capabilities: [Capability] = [.schema]

    private static let words = ["affirmative", "negative"]
    private static let schema = JSONValue.object([
        "type": .string("object"),
        "properties": .object([
            "verdict": .object(["type": .string("string"), "enum": .array(words.map(JSONValue.string))])
        ]),
        "required": .array([.string("verdict")]), "additionalProperties": .bool(false),
    ])

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let answer = try await asking.ask(
            "Is ice colder than steam? Explain it in two sentences.",
            output: OutputWishes(form: .schema(name: "verdict", schema: Self.schema, isStrict: true)))
        guard !answer.text.isEmpty else { return [.schema: .silence(answer)] }
        let members = answer.text.asObject
        let isHeld = members?.count == 1 && Self.words.contains(members?["verdict"]?.text ?? "")
        return [.schema: isHeld ? .yes("followed a schema of one enum") : .no("answered “\(answer.text.shortened)”")]
    }
}
