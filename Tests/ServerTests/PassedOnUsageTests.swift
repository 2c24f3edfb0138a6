import Core
import Testing

/// `usage` counts all calls together, also where an expert's own answer is handed on.
struct PassedOnUsageTests {
    private static let own =
        #"{"prompt_tokens": 5,"completion_tokens":1,"total_tokens":6,"completion_tokens_details":{"reasoning_tokens":1}}"#
    private static let all = #""usage":{"prompt_tokens":15,"completion_tokens":3,"total_tokens":18"#
    private static let details = #""completion_tokens_details":{"reasoning_tokens":1}}"#

    private func answer(_ usage: Usage, own: String? = nil) throws -> Answer {
        var answer = Samples.answer
        answer.usage = usage
        guard let own else { return answer }
        let bytes = Array(#"{"id":"theirs","choices":[],"usage":\#(own),"more":1}"#.utf8)
        answer.original = OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
        return answer
    }

    private func event(_ json: String, _ pieces: [AnswerPiece]) throws -> ScriptedService.Step {
        let bytes = Array(json.utf8)
        return .piece(
            .original(OriginalEvent(bytes: bytes, members: try JSONReader.readPlaces(bytes).members, pieces: pieces)))
    }

    private func stream(_ events: [ScriptedService.Step], _ usage: Usage) async throws -> String {
        let door = FrontDoor(ScriptedService(events, answer: try answer(usage)))
        return try await door.chat(Samples.chat(#""stream": true, "stream_options": {"include_usage": true}"#)).body
    }

    @Test func theTokensOfOneCallAreToldAsTheExpertToldThem() async throws {
        let one = try answer(Usage(promptTokens: 5, completionTokens: 1), own: Self.own)
        #expect(
            try await FrontDoor(ScriptedService(answer: one)).chat().body.contains(#""usage":\#(Self.own),"more":1"#))
    }

    @Test func theTokensOfOtherCallsAreAddedAndDetailsStay() async throws {
        let three = try answer(Usage(promptTokens: 15, completionTokens: 3), own: Self.own)
        let body = try await FrontDoor(ScriptedService(answer: three)).chat().body
        #expect(
            body.contains(#""usage":{"prompt_tokens": 15,"completion_tokens":3,"total_tokens":18,\#(Self.details)"#))
    }

    @Test func tokensThatTheExpertKeptToItselfAreToldOnceThereAreOthers() async throws {
        var trace = Samples.trace
        let answer = try answer(Usage(promptTokens: 15, completionTokens: 3), own: "null")
        #expect(try await FrontDoor(ScriptedService(answer: answer)).chat().json["usage"] == .null)
        trace.attempts = [
            Attempt(expert: "a", role: .seat, seconds: 1), Attempt(expert: "b", role: .synthesis, seconds: 1),
        ]
        let body = try await FrontDoor(ScriptedService(answer: answer, trace: trace)).chat().body
        #expect(body.contains(Self.all + "}"))
    }

    /// Where usage has an event of its own, and where it stands beside the reason of the end.
    @Test(arguments: [
        #""choices":[]"#, #""choices":[{"index":0,"delta":{},"finish_reason":"stop"}]"#,
    ])
    func aStreamTellsAllTokensWithTheirDetails(_ choices: String) async throws {
        let pieces: [AnswerPiece] = [.usage(Usage(promptTokens: 5, completionTokens: 1))]
        let events = [
            try event(#"{"choices":[{"index":0,"delta":{"content":"x"}}]}"#, [.text("x")]),
            try event(
                #"{\#(choices),"usage":\#(Self.own)}"#, choices.contains("stop") ? [.finish(.stop)] + pieces : pieces),
        ]
        let one = try await stream(events, Usage(promptTokens: 5, completionTokens: 1))
        #expect(one.contains(#""choices":[],"usage":\#(Self.own)"#), "\(one)")
        let three = try await stream(events, Usage(promptTokens: 15, completionTokens: 3))
        #expect(
            three.contains(#""prompt_tokens": 15,"completion_tokens":3,"total_tokens":18,\#(Self.details)"#),
            "\(three)")
        #expect(three.ranges(of: "reasoning_tokens").count == 1, "it is told once")
    }
}
