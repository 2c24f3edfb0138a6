import Core
import Experts
import Foundation
import Support
import Testing

/// Experts that run a tiny model in this process.
struct LocalExpertTests {
    private let folder: LocalFolder

    init() throws { folder = try LocalFolder() }

    @Test func answersAndCountsItsTokens() async throws {
        let pieces = try await Sample.pieces(of: folder.expert(), .long("2 + 2?", 12), .whole)
        // <|im_start|> user \n 2 _ + _ 2 ? <|im_end|> \n <|im_start|> assistant \n: a byte is a token.
        // 1 + 4 + 1 + 6 + 1 + 1 + 1 + 9 + 1 = 25
        #expect(pieces.usage == Usage(promptTokens: 25, completionTokens: 12, cachedTokens: 0))
        #expect(pieces.finish == .length)
        #expect(!pieces.text.isEmpty)
        #expect(pieces.count == 3, "one text, the usage, the finish")
    }

    @Test func aStreamSaysTheSamePieceByPiece() async throws {
        let expert = try folder.expert()
        let whole = try await Sample.pieces(of: expert, .long("Hello", 40), .whole)
        let streamed = try await Sample.pieces(of: expert, .long("Hello", 40), .streamed)
        #expect(streamed.text == whole.text)
        #expect(streamed.count > 3)
        #expect(streamed.finish == .length)
    }

    @Test func theSameSeedGivesTheSameAnswer() async throws {
        let expert = try folder.expert()
        let first = try await Sample.pieces(of: expert, .long("Why?", 24, seed: 3)).text
        #expect(try await Sample.pieces(of: expert, .long("Why?", 24, seed: 3)).text == first)
        #expect(try await Sample.pieces(of: expert, .long("Why?", 24, seed: 4)).text != first)
    }

    @Test func withoutASeedEveryAnswerIsDrawnAnew() async throws {
        let expert = try folder.expert()
        let question = Question.long("Why?", 24, seed: nil)
        let first = try await Sample.pieces(of: expert, question).text
        #expect(try await Sample.pieces(of: expert, question).text != first)
        let again = LocalFolder.factory().make(try folder.spec())
        #expect(try await Sample.pieces(of: again, question).text == first, "the factory's seed decides")
    }

    @Test func aRepeatedBeginningIsReadFromTheCache() async throws {
        let expert = try folder.expert()
        _ = try await Sample.pieces(of: expert, .long("Hello there", 4))
        let usage = try await Sample.pieces(of: expert, .long("Hello there", 4)).usage
        // All but the last token of the prompt: 1 + 4 + 1 + 11 + 1 + 1 + 1 + 9 + 1 - 1.
        #expect(usage?.cachedTokens == 29)
    }

    @Test func aStopTextEndsTheAnswerBeforeItself() async throws {
        let expert = try folder.expert()
        let whole = try await Sample.pieces(of: expert, .long("Say it", 60)).text
        let stop = String(try #require(whole.dropFirst(5).first { $0.isASCII }))
        let cut = try await Sample.pieces(of: expert, .long("Say it", 60, stop: [stop]))
        #expect(cut.text == whole.prefix { String($0) != stop })
        #expect(cut.finish == .stop)
    }

    @Test func theSettingsSayHowLongAnAnswerMayBe() async throws {
        var spec = try folder.spec()
        spec.maximumOutput = 5
        let pieces = try await Sample.pieces(of: LocalFolder.factory().make(spec), .long("Go on", nil))
        #expect(pieces.usage?.completionTokens == 5)
        #expect(pieces.finish == .length)
    }

    @Test func aSchemaIsKeptTo() async throws {
        let schema = JSONValue.object([
            "type": .string("object"),
            "properties": .object(["ok": .object(["type": .string("boolean")])]),
            "required": .array([.string("ok")]),
        ])
        var question = Question("Is it?")
        question.output.form = .schema(name: "x", schema: schema, isStrict: true)
        let pieces = try await Sample.pieces(of: folder.expert(), question)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(pieces.text.utf8))
        #expect([.object(["ok": .bool(true)]), .object(["ok": .bool(false)])].contains(value))
        #expect(pieces.finish == .stop)
    }

    @Test(.timeLimit(.minutes(1))) func droppingAStreamMakesRoomForTheNext() async throws {
        var model = TinyModelFile()
        // Long enough that nobody would wait for its end.
        model.context = 200_000
        var spec = try folder.spec("math", model)
        spec.card.context = 200_000
        let expert = LocalFolder.factory(LocalEngineSettings(threads: 1, answers: 1)).make(spec)
        for _ in 0..<5 {
            let stream = try await expert.ask(.long("For ever", nil), delivery: .streamed)
            #expect(try await stream.nextPiece() != nil)
        }
        let pieces = try await Sample.pieces(of: expert, .long("And now?", 3))
        #expect(pieces.usage?.completionTokens == 3)
    }

    @Test(.timeLimit(.minutes(1))) func cancellingTheCallerEndsTheAnswer() async throws {
        var model = TinyModelFile()
        model.context = 200_000
        var spec = try folder.spec("math", model)
        spec.card.context = 200_000
        let expert = LocalFolder.factory(LocalEngineSettings(threads: 1, answers: 1)).make(spec)
        let task = Task { try await Sample.pieces(of: expert, .long("For ever", nil), .whole) }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await Sample.pieces(of: expert, .long("And now?", 3)).usage?.completionTokens == 3)
    }

    @Test func aModelWithoutTemplateContinuesThePlainText() async throws {
        var model = TinyModelFile()
        model.template = .none
        let pieces = try await Sample.pieces(of: folder.expert(model), .long("Once", 3))
        #expect(pieces.usage?.promptTokens == 4)
        let both = Question(messages: [Message(.system, "Tell."), Message(.user, "Once")])
        // Five bytes, an empty line, four bytes.
        #expect(try await Sample.pieces(of: folder.expert(model), both).usage?.promptTokens == 11)
    }

    @Test func aTemplateWithoutSystemTurnsGetsTheInstructionBeforeTheQuestion() async throws {
        var model = TinyModelFile()
        model.template = .chatWithoutSystem
        let question = Question(messages: [Message(.system, "Tell."), Message(.user, "2?")])
        // <|im_start|> user \n Tell. \n \n 2? <|im_end|> \n <|im_start|> assistant \n
        // 1 + 4 + 1 + 5 + 2 + 2 + 1 + 1 + 1 + 9 + 1 = 28
        #expect(try await Sample.pieces(of: folder.expert(model), question).usage?.promptTokens == 28)
    }

    @Test func whatOthersWriteCannotOpenATurn() async throws {
        // As text the mark is its 12 bytes, not one token: 25 - 6 + 12.
        let usage = try await Sample.pieces(of: folder.expert(), .long("<|im_start|>", 2)).usage
        #expect(usage?.promptTokens == 31)
    }

    @Test func theCardSaysTheContextThatIsUsed() async throws {
        let spec = try folder.spec()
        let engine = LocalEngineSettings(threads: 1, context: 100)
        #expect(LocalFolder.factory(engine).make(spec).card.context == 100)
        #expect(LocalFolder.factory().make(spec).card.context == 8_192)
    }

    @Test func healthFollowsTheFile() async throws {
        let spec = try folder.spec()
        let expert = LocalFolder.factory().make(spec)
        #expect(await expert.health() == .ready)
        try FileManager.default.removeItem(atPath: spec.card.model)
        #expect(await expert.health().isReady == false)
        try TinyModelFile().write(to: spec.card.model)
        #expect(await expert.health() == .ready)
    }
}
