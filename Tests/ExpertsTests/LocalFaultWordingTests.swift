import Core
import Experts
import Foundation
import Support
import Testing

/// Holds every sentence about experts that run in this process.
struct LocalFaultWordingTests {
    private let folder: LocalFolder

    init() throws { folder = try LocalFolder() }

    private func sentence(
        _ spec: ExpertSpec, _ question: Question = Question("2 + 2?"),
        _ engine: LocalEngineSettings = LocalEngineSettings(threads: 1)
    ) async throws -> (text: String, code: Fault.Code?) {
        let fault = try await Sample.fault(of: LocalFolder.factory(engine).make(spec), question)
        return (fault?.sentence.replacing(spec.card.model, with: "FILE") ?? "", fault?.code)
    }

    // MARK: The file

    @Test func aFileThatIsNotThere() async throws {
        var spec = Sample.spec(.local)
        spec.card.model = "/nowhere/model.gguf"
        let (text, code) = try await sentence(spec)
        #expect(text.hasPrefix("math: FILE cannot be run: GGUF file, byte 0: "))
        #expect(text.hasSuffix(". Check experts.math.model."))
        #expect(code == .expertRefused)
    }

    @Test func aFileThatIsNoModel() async throws {
        var spec = Sample.spec(.local)
        spec.card.model = folder.path("text.gguf")
        try Data("Dear reader, this is no model.".utf8).write(to: URL(filePath: spec.card.model))
        let (text, code) = try await sentence(spec)
        #expect(text.hasPrefix("math: FILE cannot be run: GGUF file, byte 0: found 44 65 61 72, expected 47 47 55 46"))
        #expect(
            text.hasSuffix(
                "Take another GGUF file, or serve this one with an OpenAI-compatible server and kind: openai."))
        #expect(code == .expertRefused)
    }

    @Test func aModelOfAFamilyThatIsNotKnown() async throws {
        var model = TinyModelFile()
        model.architecture = "gpt9"
        let spec = try folder.spec("math", model)
        let (text, code) = try await sentence(spec)
        #expect(text.hasPrefix("math: FILE cannot be run: the architecture gpt9 cannot be run. Known are "))
        #expect(code == .expertRefused)
        let health = await LocalFolder.factory().make(spec).health()
        #expect(health.isReady == false)
    }

    @Test func aModelThatIsTooLargeForTheMemory() async throws {
        // 124,032 bytes of weights and 4 answers of 256 tokens of 512 bytes: 648,320 bytes, 633.1 KiB.
        let spec = try folder.spec()
        let (text, code) = try await sentence(
            spec, Question("2 + 2?"), LocalEngineSettings(threads: 1, memory: 600 << 10))
        #expect(
            text == """
                math: FILE takes 633.2 KiB with the caches of its answers, and all models together may take 600 KiB. \
                Raise engine.memory, lower experts.math.context or engine.answers, or take a smaller file.
                """)
        #expect(code == .expertRefused)
        let room = LocalEngineSettings(threads: 1, memory: 648_320)
        #expect(await LocalFolder.factory(room).make(spec).health() == .ready)
        let less = LocalEngineSettings(threads: 1, memory: 648_319)
        #expect(await LocalFolder.factory(less).make(spec).health().isReady == false)
    }

    @Test func aMemoryThatHoldsNoWeightExpert() async throws {
        var model = TinyModelFile()
        model.experts = 4
        let spec = try folder.spec("math", model)
        let less = LocalEngineSettings(threads: 1, expertCache: ExpertCacheSettings(bytes: 11 << 10))
        let (text, code) = try await sentence(spec, Question("2 + 2?"), less)
        #expect(
            text == """
                math: one weight expert of FILE takes 12 KiB, and all of them together may take 11 KiB. \
                Raise engine.expert_cache.bytes, or leave engine.expert_cache out.
                """)
        #expect(code == .expertRefused)
        #expect(await LocalFolder.factory(less).make(spec).health().isReady == false)
    }

    // MARK: The question

    @Test func aQuestionThatIsTooLong() async throws {
        var spec = try folder.spec()
        spec.card.context = 64
        // 61 bytes, and 19 tokens around them.
        let (text, code) = try await sentence(spec, Question(String(repeating: "ten bytes ", count: 6) + "."))
        #expect(
            text == """
                math: the question has 80 tokens and its context holds 64, which leaves no room for an answer. \
                Shorten the question, or raise experts.math.context if the model was made for more.
                """)
        #expect(code == .expertRefused)
    }

    @Test func aPicture() async throws {
        let question = Question(messages: [Message(role: .user, parts: [.image(url: "https://example.org/a.png")])])
        let (text, code) = try await sentence(try folder.spec(), question)
        #expect(text == "math: messages: a local expert sees no pictures. Ask an expert that sees images.")
        #expect(code == .unsupported)
    }

    @Test(arguments: [
        (
            "n", JSONValue.integer(2), "n: only one answer is made at a time. Leave it out, or ask again.",
            Fault.Code.unsupported
        ),
        ("top_kk", .integer(4), "top_kk: a local expert does not know it. Did you mean top_k?", .unsupported),
        (
            "mirostat", .integer(2),
            """
            mirostat: a local expert does not know it. Leave it out; known are frequency_penalty, logit_bias, \
            max_completion_tokens, min_p, n, presence_penalty, repeat_last_n, repeat_penalty, repetition_penalty, \
            top_k.
            """, .unsupported
        ),
        (
            "top_k", .string("many"), "top_k is \"many\". Expected is a whole number from -1 to 10000000.",
            .invalidRequest
        ),
        ("min_p", .number(1.5), "min_p is 1.5. Expected is a number from 0 to 1.", .invalidRequest),
        (
            "logit_bias", .array([]), "logit_bias is an array. Expected is an object of numbers by token id.",
            .invalidRequest
        ),
        (
            "logit_bias", .object(["yes": .integer(1)]),
            "logit_bias names the token \"yes\". Expected is the number of a token.", .invalidRequest
        ),
    ])
    func aMemberThatCannotBeFollowed(name: String, value: JSONValue, expected: String, code: Fault.Code) async throws {
        var question = Question("2 + 2?")
        question.extra[name] = value
        let fault = try await sentence(try folder.spec(), question)
        #expect(fault.text == "math: \(expected)")
        #expect(fault.code == code)
    }

    @Test func aToolThatCannotBeCalled() async throws {
        var question = Question("2 + 2?")
        question.output.tools = [Tool(name: "add")]
        let (text, code) = try await sentence(try folder.spec(), question)
        #expect(text == "math: tools: a local expert calls none. Leave it out.")
        #expect(code == .unsupported)
    }

    @Test func aSchemaThatCannotBeKeptTo() async throws {
        var question = Question("2 + 2?")
        question.output.form = .schema(name: "x", schema: .object(["typ": .string("object")]), isStrict: nil)
        let (text, code) = try await sentence(try folder.spec(), question)
        #expect(text.hasPrefix("math: response_format cannot be kept to: JSON schema, #: there is no keyword \"typ\"."))
        #expect(text.hasSuffix("Expected is a schema of the supported kind."))
        #expect(code == .invalidRequest)
    }

    @Test(arguments: [
        ("n", JSONValue.integer(1)), ("user", .string("somebody")), ("seed", .null),
        ("top_k", .integer(-1)), ("repetition_penalty", .number(1.1)), ("stream_options", .object([:])),
    ])
    func whatChangesNothingPasses(name: String, value: JSONValue) async throws {
        var question = Question("2 + 2?", sampling: Sampling(maximumTokens: 2, seed: 1))
        question.extra[name] = value
        #expect(try await sentence(try folder.spec(), question).text == "")
    }

    // MARK: Clocks

    @Test func noFirstTokenInTime() async throws {
        let time = ManualTime(.waits)
        let factory = LocalFolder.factory(LocalEngineSettings(threads: 1, memory: 700_000), time: time.source)
        // The first model has all the room; the second waits for its turn until its clock fires.
        let first = try await factory.make(try folder.spec("first")).ask(.long("Go on", nil), delivery: .streamed)
        var spec = try folder.spec()
        spec.clocks.firstToken = .seconds(5)
        let second = factory.make(spec)
        let sleeping = time.sleeperCount
        let fault = Task { try await Sample.fault(of: second) }
        while time.sleeperCount <= sleeping { await Task.yield() }
        time.advance(by: .seconds(5))
        #expect(
            try await fault.value?.sentence
                == "math: no first token within 5 s. Raise experts.math.clocks.first_token, or choose a faster expert.")
        withExtendedLifetime(first) {}
    }
}
