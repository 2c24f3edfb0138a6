import Core
import Experts
import Testing

/// Clients find the results of calls by their ids: in one conversation no id may come again.
struct CallIDsTests {
    /// A turn's calls, by a wire whose server gives no ids, and the conversation after it.
    private func turn(
        _ wire: some ChatWire, _ event: String, after messages: [Message]
    ) throws -> (ids: [String], messages: [Message]) {
        var state = WireState(answering: Question(messages: messages))
        let pieces = try wire.pieces(inEvent: JSONValue.parse(event) ?? .null, state: &state)
        let calls = pieces.compactMap { piece -> ToolCall? in
            guard case .call(let call) = piece else { return nil }
            return ToolCall(id: call.id ?? "", name: call.name ?? "", arguments: call.arguments)
        }
        let results = calls.map { Message(role: .tool, parts: [.text("not yet")], answeredCall: $0.id) }
        return (calls.map(\.id), messages + [Message(role: .assistant, parts: calls.map(Message.Part.call))] + results)
    }

    static let ollama =
        #"{"message":{"content":"","tool_calls":[{"function":{"name":"poll","arguments":{"a":1}}},{"function":{"name":"poll","arguments":{"a":1}}}]}}"#
    static let openAI =
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"poll","arguments":"{}"}},{"index":1,"id":"","function":{"name":"poll","arguments":"{}"}}]}}]}"#

    /// A server that counts anew in each turn, and gives one id twice.
    static let counting =
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_0","function":{"name":"poll","arguments":"{}"}},{"index":1,"id":"call_0","function":{"name":"poll","arguments":"{}"}}]}}]}"#

    /// - Parameter kept: how many messages the client remembers.
    private func ids(_ wire: some ChatWire, _ event: String, kept: Int = 6) throws -> [String] {
        var messages = [Message(.user, "Wait for it.")]
        var ids: [String] = []
        for _ in 0..<5 {
            let turn = try turn(wire, event, after: messages)
            ids += turn.ids
            messages = Array(turn.messages.suffix(kept))
        }
        return ids
    }

    @Test func theSameCallInLaterTurnsHasAnotherID() throws {
        let wires: [(any ChatWire, String)] = [
            (OllamaWire(spec: Sample.spec(.ollama)), Self.ollama), (OpenAIWire(spec: Sample.spec()), Self.openAI),
        ]
        for (wire, event) in wires {
            let ids = try ids(wire, event)
            #expect(ids.count == 10 && Set(ids).count == 10)
            // OpenAI takes no longer ones.
            #expect(ids.allSatisfy { $0.hasPrefix("call_") && $0.utf8.count <= 40 })
        }
    }

    @Test func theSameConversationGetsTheSameIDs() throws {
        let wire = OllamaWire(spec: Sample.spec(.ollama))
        #expect(try ids(wire, Self.ollama) == ids(wire, Self.ollama))
    }

    @Test func anIDOfTheServersIsKeptUnlessItIsTaken() throws {
        let wire = OpenAIWire(spec: Sample.spec())
        let turn = try turn(wire, Self.counting, after: [Message(.user, "?")])
        #expect(turn.ids.first == "call_0" && turn.ids.last != "call_0")
        let all = try ids(wire, Self.counting, kept: 100)
        #expect(all.count == 10 && Set(all).count == 10)
    }

    /// The fingerprint of the question's fingerprint, the place and the name, worked out with another program.
    @Test func anIDIsMadeOfTheConversationAndTheCall() {
        var ids = CallIDs(answering: [Message(.user, "?")])
        #expect(ids.id(at: 0, "add") == "call_7cd48ad5383cf8329109279a")
        #expect(ids.id(at: 1, "add") == "call_1b5d657a763cf832910b5193")
    }
}
