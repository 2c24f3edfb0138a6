import Engine
import Kernels
import Support
import Testing

/// One answer after another from a generator: what is written, how it ends, what is refused.
struct GeneratorTests {
    private let writer: TinyWriter

    init() throws { writer = try TinyWriter() }

    /// The slow twin: the best token after each pass over all tokens so far, one model run from the beginning a token.
    @Test func greedyIsTheBestTokenOfEachStep() async throws {
        let greedy = try SamplingSettings(temperature: 0)
        var request = GenerationRequest(prompt: "Once upon a time".utf8.map(Int.init), sampling: greedy, seed: 0)
        request.mostTokens = 24
        request.endsAtEndToken = false
        let found = try await writer.alone(request)
        let team = try #require(ThreadTeam(threads: 2))
        var sequence = request.prompt
        for _ in 0..<24 {
            let evaluation = Evaluation(writer.model, team: team, capacity: sequence.count, form: .eightBit)
            var best = 0
            evaluation.extend(by: sequence, scoring: .last) { _, scores in
                for token in scores.indices where scores[token] > scores[best] { best = token }
            }
            sequence.append(best)
        }
        #expect(found.tokens == Array(sequence.dropFirst(request.prompt.count)))
        #expect(Set(found.tokens).count > 3, "a model that repeats one token says little: \(found.tokens)")
        #expect(found.reason == .length && found.generatedTokens == 24)
    }

    @Test func aSeedRepeatsTheAnswerAndAnotherDrawsAnew() async throws {
        let first = try await writer.alone(writer.letters(40, after: "Why?", seed: 3))
        #expect(try await writer.alone(writer.letters(40, after: "Why?", seed: 3)) == first)
        #expect(try await writer.alone(writer.letters(40, after: "Why?", seed: 4)).tokens != first.tokens)
        #expect(first.text.count == 40 && first.text.allSatisfy { ("a"..."z").contains($0) })
    }

    /// Every token is one letter, so a stop text of three spans three tokens; the first two are held back, and let go
    /// where the third is another letter.
    @Test func aStopTextEndsTheAnswerWhereverTokensBegin() async throws {
        let whole = try await writer.alone(writer.letters(60, after: "Say it")).text
        for place in [0, 7, 31] {
            let letters = Array(whole)
            let stop = String(letters[place..<place + 3])
            let start = try #require((0...place).first { String(letters[$0..<$0 + 3]) == stop })
            var request = try writer.letters(60, after: "Say it")
            request.stops = [stop, String(letters[place..<place + 2]) + "!"]
            let cut = try await writer.alone(request)
            #expect(cut.text == String(letters[..<start]))
            #expect(cut.reason == .stop(stop))
            #expect(cut.generatedTokens == start + 3)
        }
    }

    /// "ab" may begin "abX": what is held back is the answer's when it ends otherwise.
    @Test func whatWasHeldBackForAStopTextComesWithTheEnd() async throws {
        let whole = try await writer.alone(writer.letters(20, after: "Say it"))
        var request = try writer.letters(20, after: "Say it")
        request.stops = [String(whole.text.suffix(2)) + "X"]
        let held = try await writer.alone(request)
        #expect(held.tokens == whole.tokens && held.text == whole.text && held.reason == .length)
        #expect(held.pieces.last == String(whole.text.suffix(2)))
        #expect(whole.pieces.last == "")
    }

    @Test func theEndTokenEndsUnlessItIsATokenLikeAnyOther() async throws {
        var request = GenerationRequest(
            prompt: [72, 105], sampling: try SamplingSettings(temperature: 0, logitBias: [TinyModelFile.end: 100]),
            seed: 0)
        request.mostTokens = 5
        let ended = try await writer.alone(request)
        #expect(ended.tokens.isEmpty && ended.reason == .end && ended.generatedTokens == 1)
        request.endsAtEndToken = false
        let went = try await writer.alone(request)
        #expect(went.tokens == [Int](repeating: TinyModelFile.end, count: 5) && went.reason == .length)
    }

    /// 250 tokens of 256 leave six.
    @Test func aFullContextEndsTheAnswer() async throws {
        let small = try TinyWriter(context: 256)
        var request = try small.letters(100, after: String(repeating: "x", count: 250))
        request.mostTokens = nil
        let found = try await small.alone(request)
        #expect(found.tokens.count == 6 && found.reason == .length)
    }

    /// All of a prompt but its last token is there already the second time, and of another only what begins alike.
    @Test func whatACacheHoldsIsNotReadAgainAndChangesNothing() async throws {
        let generator = try writer.generator()
        defer { generator.close() }
        let asked = ["Hello there", "Hello there", "Hello, you"]
        var found: [WrittenAnswer] = []
        for prompt in asked {
            found.append(try await WrittenAnswer(generator.answer(to: writer.letters(12, after: prompt))))
        }
        #expect(found.map(\.cachedTokens) == [0, 10, 5])
        for (prompt, answer) in zip(asked, found) {
            #expect(try await writer.alone(writer.letters(12, after: prompt)).tokens == answer.tokens)
        }
    }

    @Test func theLikeliestTokensAreReportedBeforeAnyBias() async throws {
        let generator = try writer.generator()
        defer { generator.close() }
        var request = try writer.letters(8, after: "Hm")
        request.likeliest = 3
        for try await event in try generator.answer(to: request) {
            guard case .token(let token) = event else { continue }
            let read = try #require(token.logProbabilities)
            #expect(read.chosen.token == token.id && read.chosen.logProbability < 0)
            #expect(read.likeliest.count == 3)
            #expect(read.likeliest[0].logProbability >= read.chosen.logProbability)
        }
    }

    @Test func whatCannotBeServedIsRefusedAtOnce() throws {
        let generator = try writer.generator()
        let settings = try SamplingSettings()
        func refusal(_ prompt: [Int], most: Int? = nil) -> String {
            var request = GenerationRequest(prompt: prompt, sampling: settings, seed: 0)
            request.mostTokens = most
            do throws(GenerationRefusal) {
                _ = try generator.answer(to: request)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal([]) == "the prompt has no tokens; expected at least one")
        #expect(refusal([1, 258]) == "the prompt has token 258; this model's tokens are 0 to 257")
        #expect(refusal([-1]) == "the prompt has token -1; this model's tokens are 0 to 257")
        #expect(
            refusal([Int](repeating: 1, count: 2048))
                == "the prompt has 2048 tokens and the context holds 2048, which leaves no room for an answer. "
                + "Shorten the prompt or raise the context")
        #expect(refusal([1], most: 0) == "an answer of at most 0 tokens was asked for; expected 1 or more")
        generator.close()
        #expect(refusal([1]) == "the model is being put away and takes no more questions")
    }
}
