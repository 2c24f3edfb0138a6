import Core

/// Does it ask for a call of the client's function, with arguments that can be read?
struct ToolProbe: CapabilityProbe {
    let delivery: Delivery

    var capabilities: [Capability] { [delivery == .whole ? .tools : .streamedTools] }

    private static let tool = Tool(
        name: "look_up_weather", summary: "Tells the weather of a city.",
        parameters: .object([
            "type": .string("object"),
            "properties": .object(["city": .object(["type": .string("string")])]),
            "required": .array([.string("city")]),
        ]))

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        // What a scripted expert calls is written in its script, tool by tool.
        guard asking.card.kind != .scripted else {
            return [capabilities[0]: .unclear("its script says for which tools it asks")]
        }
        var seen = try await observation(asking, choice: .automatic)
        // Some call only where they must, others know no such word.
        if seen.verdict != .yes, let forced = try? await observation(asking, choice: .required),
            forced.verdict == .yes
        {
            seen = forced
            seen.seen += ", where a call is required"
        }
        return [capabilities[0]: seen]
    }

    private func observation(_ asking: ProbeAsking, choice: ToolChoice) async throws -> Observation {
        let answer = try await asking.ask(
            "What is the weather in Paris now? Look it up with the function \(Self.tool.name).", delivery,
            output: OutputWishes(tools: [Self.tool], toolChoice: choice))
        guard let call = answer.calls.first else {
            return answer.text.isEmpty
                ? .silence(answer) : .no("asked for no call, but said “\(answer.text.shortened)”")
        }
        guard call.name == Self.tool.name else {
            return .no("called “\(call.name.shortened)”, which is no tool it was given")
        }
        guard let arguments = call.arguments.asObject else {
            return .no("wrote arguments that are no JSON object: “\(call.arguments.shortened)”")
        }
        guard arguments["city"]?.text != nil else {
            return .no("left the argument city out: “\(call.arguments.shortened)”")
        }
        guard !call.id.isEmpty else { return .no("gave its call no id") }
        return .yes("called \(call.name)(\(call.arguments.shortened))")
    }
}
