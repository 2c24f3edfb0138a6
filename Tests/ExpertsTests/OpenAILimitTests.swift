import Core
import Experts
import Testing

/// The limit of an answer has two names in OpenAI's format, and no server takes both.
struct OpenAILimitTests {
    private func wire(_ model: String, own: Int? = nil) -> OpenAIWire {
        var spec = Sample.spec()
        spec.card.model = model
        spec.maximumOutput = own
        return OpenAIWire(spec: spec)
    }

    static let newer = [
        "o1", "o3-mini", "o4-mini-2025-04-16", "gpt-5", "gpt-5.1-codex", "gpt-6", "gpt-10-mini", "openai/o3", "GPT-5",
        "openrouter/openai/gpt-5", "ft:o4-mini:us",
    ]

    @Test(arguments: newer) func thinkingModelsAreToldTheNewerName(_ model: String) throws {
        let question = Question("Hi", sampling: Sampling(maximumTokens: 64))
        let body = try WireReading.body(of: wire(model).request(question, delivery: .whole))
        #expect(
            body == """
                {"max_completion_tokens":64,"messages":[{"content":"Hi","role":"user"}],"model":"\(model)",\
                "stream":false}
                """)
    }

    @Test(arguments: [
        "gpt-4o", "gpt-4.1", "gpt-35-turbo", "gpt-41-mini", "gpt-oss-20b", "gpt-", "olmo-2", "o", "o3/llama", "m-1", "",
        "opus-5",
    ])
    func otherModelsAreToldTheOlderName(_ model: String) throws {
        let question = Question("Hi", sampling: Sampling(maximumTokens: 64))
        let body = try wire(model).request(question, delivery: .whole).json
        #expect(body["max_tokens"] == .integer(64) && body["max_completion_tokens"] == nil)
    }

    @Test func theSettingsLimitGoesByTheSameName() throws {
        let body = try wire("gpt-5", own: 100).request(Question("Hi"), delivery: .whole).json
        #expect(body["max_completion_tokens"] == .integer(100) && body["max_tokens"] == nil)
    }

    /// What the client sent, and what the model gets that knows the older name and the one that knows the newer.
    static let passedOn = [
        (#"{"model":"a"}"#, #"{"model":"m-1","max_tokens":100}"#, #"{"model":"o3","max_completion_tokens":100}"#),
        (
            #"{"model":"a","max_tokens":5}"#, #"{"model":"m-1","max_tokens":5}"#,
            #"{"model":"o3","max_completion_tokens":5}"#
        ),
        (
            #"{"model":"a","max_tokens":null}"#, #"{"model":"m-1","max_tokens":100}"#,
            #"{"model":"o3","max_completion_tokens":100}"#
        ),
        (
            #"{"model":"a","max_completion_tokens":5}"#, #"{"model":"m-1","max_completion_tokens":5}"#,
            #"{"model":"o3","max_completion_tokens":5}"#
        ),
        (
            #"{"max_completion_tokens":null,"model":"a","max_tokens":5}"#,
            #"{"max_completion_tokens":null,"model":"m-1","max_tokens":5}"#,
            #"{"max_completion_tokens":5,"model":"o3"}"#
        ),
        (
            #"{"model":"a","max_completion_tokens":null}"#, #"{"model":"m-1","max_tokens":100}"#,
            #"{"model":"o3","max_completion_tokens":100}"#
        ),
    ]

    @Test(arguments: passedOn)
    func aClientsBodyKeepsItsLimitUnderTheNameThatTheModelKnows(
        _ sent: String, older: String, newer: String
    ) throws {
        var question = Question("?")
        let bytes = Array(sent.utf8)
        question.original = OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
        for (model, expected) in [("m-1", older), ("o3", newer)] {
            let request = try wire(model, own: 100).request(question, delivery: .whole)
            #expect(String(decoding: request.body, as: UTF8.self) == expected)
        }
    }

    @Test func withoutAnyLimitNoneIsMade() throws {
        var question = Question("?")
        let bytes = Array(#"{"model":"a","max_tokens":null}"#.utf8)
        question.original = OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
        let request = try wire("o3").request(question, delivery: .whole)
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"model":"o3","max_tokens":null}"#)
    }
}
