import Core
import Testing

struct ChatRequestTests {
    /// What the service was asked for a body that is accepted.
    private func asked(_ body: String) async throws -> ScriptedService.Asked {
        let door = FrontDoor()
        let reply = try await door.chat(body)
        #expect(reply.status == 200, "\(reply.body)")
        return try #require(door.service.asked.first)
    }

    @Test func ofTwoLimitsTheLargerIsReckonedWith() async throws {
        let asked = try await asked(
            #"{"model": "general", "messages": [{"role": "user", "content": "?"}], "max_tokens": 900, "max_completion_tokens": 5}"#
        )
        #expect(asked.question.sampling.maximumTokens == 900)
    }

    @Test func everyMemberReachesTheQuestion() async throws {
        let asked = try await asked(
            """
            {"model": "general", "messages": [
              {"role": "system", "content": "Be brief."}, {"role": "developer", "content": "In English."},
              {"role": "user", "name": "me", "content": [{"type": "text", "text": "What is "},
                {"type": "image_url", "image_url": {"url": "https://example.org/a.png", "detail": "low"}},
                {"type": "image_url", "image_url": "DATA:image/png;base64,AA=="}]},
              {"role": "assistant"}, {"role": "assistant", "content": null, "tool_calls": []},
              {"role": "user", "content": "this?"}],
             "temperature": 0.25, "top_p": 1, "max_tokens": 5, "max_completion_tokens": 9, "seed": -3,
             "stop": ["END", "."], "stream": false,
             "muster": {"seed": 9007199254740991, "seats": 64, "explain": false},
             "reasoning_effort": "low", "metadata": {"a": [1, null]}, "user": null}
            """)
        #expect(asked.model == "general")
        #expect(asked.wishes == Wishes(seed: 9_007_199_254_740_991, seats: 64))
        #expect(
            asked.question.messages == [
                Message(.system, "Be brief."), Message(.system, "In English."),
                Message(
                    role: .user,
                    parts: [
                        .text("What is "), .image(url: "https://example.org/a.png"),
                        .image(url: "DATA:image/png;base64,AA=="),
                    ]), Message(role: .assistant, parts: []), Message(role: .assistant, parts: []),
                Message(.user, "this?"),
            ])
        #expect(
            asked.question.sampling
                == Sampling(temperature: 0.25, topP: 1, maximumTokens: 9, seed: -3, stop: ["END", "."]))
        #expect(
            asked.question.extra == [
                "reasoning_effort": .string("low"), "metadata": .object(["a": .array([.integer(1), .null])]),
                "user": .null,
            ])
    }

    @Test func ofTwoEqualNamesTheLastCounts() async throws {
        let asked = try await asked(
            #"{"model": "a", "messages": [], "messages": [{"role": "user", "content": "?"}], "model": "b"}"#)
        #expect(asked.model == "b" && asked.question.text == "?")
    }

    @Test func leftOutMeansLeftToTheRoute() async throws {
        let asked = try await asked(
            Samples.chat(#""temperature": null, "stop": null, "n": null, "muster": null, "tools": null"#))
        #expect(asked.question.sampling == Sampling() && asked.wishes == Wishes())
        #expect(asked.question.extra.isEmpty && asked.delivery == .whole)
    }

    @Test(arguments: [
        #""n": 1"#, #""n": 1.0"#, #""tools": []"#, #""functions": []"#, #""tool_choice": "auto""#,
        #""function_call": "none""#, #""response_format": {"type": "text"}"#, #""logprobs": false"#,
        #""parallel_tool_calls": true"#, #""stop": []"#, #""temperature": 2"#, #""temperature": 0.0"#,
        #""max_tokens": 10000000"#, #""max_tokens": 8.0"#, #""muster": {}"#,
    ])
    func whatChangesNothingIsAcceptedAndNotHandedOn(_ member: String) async throws {
        #expect(try await asked(Samples.chat(member)).question.extra.isEmpty)
    }

    @Test(arguments: [
        // The body
        ("[]", "body", "it is an array. An object is expected."), ("7", "body", "it is 7. An object is expected."),
        ("null", "body", "it is null. An object is expected."),
        // The model
        (#"{"messages": []}"#, "model", "it is missing."), (#"{"model": null}"#, "model", "it is missing."),
        (#"{"model": ""}"#, "model", "it is missing."), (#"{"model": 3}"#, "model", "it is 3. A string is expected."),
        // The messages
        (#"{"model": "a"}"#, "messages", "it is missing. A list of messages is expected."),
        (#"{"model": "a", "messages": null}"#, "messages", "it is missing. A list of messages is expected."),
        (#"{"model": "a", "messages": []}"#, "messages", "it is an array. A list of 1 to 10000 messages is"),
        (#"{"model": "a", "messages": "hi"}"#, "messages", #"it is "hi". A list of 1 to 10000 messages is"#),
        (#"{"model": "a", "messages": [1]}"#, "messages[0]", "it is 1. An object is expected."),
        (#"{"model": "a", "messages": [{"content": "x"}]}"#, "messages[0].role", "it is missing."),
        (#"{"model": "a", "messages": [{"role": 1}]}"#, "messages[0].role", "it is 1. A string is expected."),
        (
            #"{"model": "a", "messages": [{"role": "usr", "content": "x"}]}"#, "messages[0].role",
            #"there is no role "usr". system, developer, user, assistant or tool is expected. Did you mean user?"#
        ),
        (
            #"{"model": "a", "messages": [{"role": "user", "content": "x"}, {"role": "user"}]}"#,
            "messages[1].content", "it is missing. A string or a list of parts is expected."
        ),
        (#"{"model": "a", "messages": [{"role": "user", "content": 5}]}"#, "messages[0].content", "it is 5."),
        (#"{"model": "a", "messages": [{"role": "user", "content": []}]}"#, "messages[0].content", "it is an array."),
        (
            #"{"model": "a", "messages": [{"role": "user", "content": [{"type": "text"}]}]}"#,
            "messages[0].content[0].text", "it is missing. A string is expected."
        ),
        (
            #"{"model": "a", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}"#,
            "messages[0].content[0].image_url", "it is null. An object with a url is expected."
        ),
        (
            #"{"model": "a", "messages": [{"role": "user", "content": [{"type": "image_url", "#
                + #""image_url": {"url": "file:///etc/passwd"}}]}]}"#,
            "messages[0].content[0].image_url.url", "it is no address of a picture."
        ),
    ])
    func aWrongBodyIsRefusedWithItsPlace(_ body: String, param: String, message: String) async throws {
        try await expectRefusal(body, code: "invalid_request", param: param, message: message)
    }

    @Test(arguments: [
        (#""temperature": 2.5"#, "temperature", "it is 2.5. A number from 0.0 to 2.0 is expected."),
        (#""temperature": -1"#, "temperature", "it is -1."),
        (#""temperature": "hot""#, "temperature", #"it is "hot"."#),
        (#""temperature": 1e300"#, "temperature", "it is 1e+300."),
        (#""temperature": true"#, "temperature", "it is true."),
        (#""top_p": 1.01"#, "top_p", "it is 1.01. A number from 0.0 to 1.0 is expected."),
        (#""max_tokens": 0"#, "max_tokens", "it is 0. A whole number from 1 to 10000000 is expected."),
        (#""max_tokens": 1.5"#, "max_tokens", "it is 1.5."), (#""max_tokens": "5""#, "max_tokens", #"it is "5"."#),
        (#""max_tokens": 99999999999999999999"#, "max_tokens", "it is 1e+20."),
        (#""max_completion_tokens": 10000001"#, "max_completion_tokens", "it is 10000001."),
        (#""seed": 1e300"#, "seed", "it is 1e+300. A whole number is expected."),
        (#""seed": 9223372036854775808"#, "seed", "it is 9.223372036854776e+18."),
        (#""stop": 5"#, "stop", "it is 5. Strings of 1 to 1024 characters are expected."),
        (#""stop": ["a", ""]"#, "stop", #"it is ""."#), (#""stop": [null]"#, "stop", "it is null."),
        (#""stop": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]"#, "stop", "there are 17 strings."),
        (#""stream": "yes""#, "stream", #"it is "yes". true or false is expected."#),
        (#""stream": 1"#, "stream", "it is 1."),
        (#""stream_options": {"include_usage": true}"#, "stream_options", "it is set, but the answer is not streamed."),
        (#""stream": true, "stream_options": 5"#, "stream_options", "it is 5. An object is expected."),
        (
            #""stream": true, "stream_options": {"include_usage": 1}"#, "stream_options.include_usage",
            "it is 1. true or false is expected."
        ),
        (#""muster": 5"#, "muster", "it is 5. An object is expected."),
        (
            #""muster": {"seed": -1}"#, "muster.seed",
            "it is -1. A whole number from 0 to 9007199254740991 is expected."
        ),
        (#""muster": {"seed": 9007199254740992}"#, "muster.seed", "it is 9007199254740992."),
        (#""muster": {"seats": 0}"#, "muster.seats", "it is 0. A whole number from 1 to 64 is expected."),
        (#""muster": {"seats": 65}"#, "muster.seats", "it is 65."),
        (#""muster": {"explain": "yes"}"#, "muster.explain", #"it is "yes"."#),
        (#""muster": {"sead": 1}"#, "muster.sead", "there is no such member. Did you mean seed?"),
        (
            #""muster": {"zebra": 1}"#, "muster.zebra",
            "there is no such member. There are route, seed, seats, budget, retries, fallback, explain, cache, steering."
        ),
    ])
    func aWrongMemberIsRefusedWithItsPath(_ member: String, param: String, message: String) async throws {
        try await expectRefusal(Samples.chat(member), code: "invalid_request", param: param, message: message)
    }

    @Test(arguments: [
        (#""functions": [{}]"#, "functions"), (#""function_call": {"name": "f"}"#, "function_call"),
        (#""tools": [{"type": "custom"}]"#, "tools[0].type"),
    ])
    func olderAndOtherFormsOfToolsAreRefused(_ member: String, param: String) async throws {
        try await expectRefusal(Samples.chat(member), code: "unsupported", param: param, message: "")
    }

    @Test(arguments: [
        (#"{"role": "function", "content": "x"}"#, "messages[0].role"),
        (#"{"role": "assistant", "function_call": {"name": "f"}}"#, "messages[0].function_call"),
        (#"{"role": "user", "content": [{"type": "input_audio"}]}"#, "messages[0].content[0].type"),
        (#"{"role": "user", "content": [{}]}"#, "messages[0].content[0].type"),
    ])
    func olderFormsAndOtherPartsAreRefused(_ message: String, param: String) async throws {
        let body = #"{"model": "a", "messages": [\#(message)]}"#
        try await expectRefusal(body, code: "unsupported", param: param, message: "")
    }

    @Test func tooManyMessagesAreRefused() async throws {
        let turns = Array(repeating: #"{"role": "user", "content": "x"}"#, count: 10_001).joined(separator: ",")
        try await expectRefusal(
            #"{"model": "a", "messages": [\#(turns)]}"#, code: "invalid_request", param: "messages",
            message: "it is an array.")
    }

    @Test func aLongValueIsNotRepeated() async throws {
        let long = String(repeating: "w", count: 5000)
        for member in [#""stop": "\#(long)""#, #""stream": "\#(long)""#, #""muster": {"\#(long)": 1}"#] {
            let reply = try await FrontDoor().chat(Samples.chat(member))
            #expect(reply.status == 400 && reply.body.utf8.count < 600)
        }
    }

    private func expectRefusal(_ body: String, code: String, param: String, message: String) async throws {
        let door = FrontDoor()
        let reply = try await door.chat(body)
        #expect(reply.status == 400)
        let refusal = try #require(reply.refusal, "\(body)")
        #expect(refusal.code == code && refusal.type == "invalid_request_error" && refusal.param == param)
        #expect(refusal.message.hasPrefix("\(param): \(message)"), "\(refusal.message)")
        #expect(door.service.asked.isEmpty)
    }
}
