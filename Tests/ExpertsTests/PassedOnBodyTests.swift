import Core
import Experts
import Testing

/// A client's body on its way to an expert that speaks the same format.
struct PassedOnBodyTests {
    private func sent(
        _ text: String, _ delivery: Delivery = .whole, change: (inout Question) -> Void = { _ in }
    ) throws -> String {
        let bytes = Array(text.utf8)
        let (_, members) = try JSONReader.readPlaces(bytes)
        var question = Question(
            messages: [Message(.user, "?")], sampling: Sampling(temperature: 0.5),
            original: OriginalBody(bytes, members: members))
        change(&question)
        let request = try OpenAIWire(spec: Sample.spec()).request(question, delivery: delivery)
        return String(decoding: request.body, as: UTF8.self)
    }

    @Test func onlyTheModelIsChangedAndWhatSpeaksToMusterLeftOut() throws {
        #expect(
            try sent(
                #"{"muster":{"seats":1},"model":"auto","temperature":0.50,"messages":[{"role":"user","content":"?","cache_control":{"x":1}}],"new_field":[1.0]}"#
            )
                == #"{"model":"m-1","temperature":0.50,"messages":[{"role":"user","content":"?","cache_control":{"x":1}}],"new_field":[1.0]}"#
        )
    }

    @Test func aStreamIsAskedForWithItsTokens() throws {
        #expect(
            try sent(#"{"model":"a","stream":true,"stream_options":{"include_obfuscation":false},"temperature":0.5}"#, .streamed)
                == #"{"model":"m-1","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},"temperature":0.5}"#
        )
        let whole = #"{"model":"a","stream":true,"stream_options":{"include_usage":true},"temperature":0.5}"#
        #expect(try sent(whole, .streamed) == whole.replacing(#""a""#, with: #""m-1""#))
        #expect(try sent(whole) == #"{"model":"m-1","stream":false,"temperature":0.5}"#)
    }

    @Test func severalAnswersAreSeveralCalls() throws {
        #expect(try sent(#"{"model":"a","n":3,"temperature":0.5}"#) == #"{"model":"m-1","temperature":0.5}"#)
    }

    @Test func aSeatsOwnDrawReplacesTheClientsNumbers() throws {
        #expect(
            try sent(#"{"model":"a","temperature":0.5,"seed":1}"#) { question in
                question.sampling.seed = 2
                question.sampling.temperature = 0.7
            } == #"{"model":"m-1","temperature":0.7,"seed":2}"#)
    }

    @Test(arguments: [
        (
            #"[{"role":"system","content":"Be brief.","name":"s"},{"role":"user","content":"?","x":1}]"#,
            #"[{"content":"Be brief.\n\nTip one.\n\nTip two.","name":"s","role":"system"},{"content":"?","role":"user","x":1}]"#
        ),
        (
            #"[{"role":"developer","content":[{"type":"text","text":"Hi"}]}]"#,
            #"[{"content":[{"text":"Hi","type":"text"},{"text":"\n\nTip one.\n\nTip two.","type":"text"}],"role":"developer"}]"#
        ),
        (
            #"[{"role":"user","content":"?"}]"#,
            #"[{"content":"Tip one.\n\nTip two.","role":"system"},{"content":"?","role":"user"}]"#
        ),
    ])
    func instructionsGoIntoTheSystemMessage(_ messages: String, expected: String) throws {
        #expect(
            try sent(#"{"model":"a","temperature":0.5,"messages":\#(messages)}"#) {
                $0.instructions = ["Tip one.", "Tip two."]
            } == #"{"model":"m-1","temperature":0.5,"messages":\#(expected)}"#)
    }
}
