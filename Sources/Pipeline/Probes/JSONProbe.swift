import Core

/// Is it held to JSON, although the question asks for prose first?
struct JSONProbe: CapabilityProbe {
    let capabilities: [Capability] = [.json]

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let answer = try await asking.ask(
            "Greet me with one sentence of prose. Then give the capital of France as a JSON object.",
            output: OutputWishes(form: .json))
        guard !answer.text.isEmpty else { return [.json: .silence(answer)] }
        return [
            .json: answer.text.asObject != nil
                ? .yes("answered with an object alone") : .no("answered “\(answer.text.shortened)”")
        ]
    }
}
