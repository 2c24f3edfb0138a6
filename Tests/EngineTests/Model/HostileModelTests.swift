import Engine
import Foundation
import Kernels
import Testing

/// Files that are in order as files, and whose sizes or numbers would lead a pass astray.
struct HostileModelTests {
    /// 48 rows of embeddings: a text might become the 49th token.
    @Test func refusesAVocabularyLargerThanTheEmbedding() throws {
        for (count, refusal) in [
            (48, nil), (49, "tokenizer.ggml.tokens is 49 tokens; expected at most 48, the rows of token_embd.weight"),
        ] as [(Int, String?)] {
            var file = TinyModel(.llama).file
            let tokens = (0..<count).map { GGUFBytes.text("\($0)") }
            file.add("tokenizer.ggml.tokens", type: 9, GGUFBytes.array(type: 8, tokens))
            #expect(try refusalText(file.bytes) == refusal)
        }
    }

    /// Two layers of one head with 32,768 floats for keys and as many for values: 524,288 bytes a token, of which 2^42
    /// bytes hold 8,388,608.
    @Test func refusesAContextWhoseCacheNoMachineHolds() throws {
        var tiny = TinyModel(.llama)
        (tiny.width, tiny.heads, tiny.keyHeads, tiny.keySize, tiny.valueSize) = (2, 1, 1, 32768, 32768)
        for (context, refusal) in [
            (8_388_608, nil),
            (
                8_388_609,
                "llama.context_length is 8388609; expected at most 8388608, as each token takes 524288 bytes"
            ),
        ] as [(Int, String?)] {
            tiny.context = context
            #expect(try refusalText(tiny.file.bytes) == refusal)
        }
    }

    /// Converters fill embeddings up to round sizes. The vocabulary has 257 tokens here, the model scores 300.
    @Test func holdsAnAnswerToAGrammarWhereTheModelScoresMoreThanTheVocabulary() async throws {
        var tiny = TinyModel(.llama)
        tiny.tokens = 300
        let model = try tiny.written { try LanguageModel(readingFileAt: $0) }
        let generator = Generator(
            model, vocabulary: try VocabularyFile().codec(), team: try #require(ThreadTeam(threads: 2)))
        defer { generator.close() }
        var request = GenerationRequest(prompt: [1, 2, 3], sampling: try SamplingSettings(temperature: 1), seed: 1)
        request.grammar = .anyObject
        request.mostTokens = 8
        var ids: [Int] = []
        for try await event in try generator.answer(to: request) {
            if case .token(let token) = event { ids.append(token.id) }
        }
        #expect(ids.first == Int(UInt8(ascii: "{")))
        #expect(!ids.isEmpty && ids.allSatisfy { $0 < 257 })
    }

    /// A norm of numbers that are none makes all router scores of the first layer so: nobody is chosen there, and the
    /// token goes on with what attention made of it.
    @Test(arguments: [Float.nan, .infinity])
    func seatsNobodyWhereRouterScoresAreNoNumbers(weight: Float) throws {
        var tiny = TinyModel(.olmoe)
        tiny.vectors["blk.0.ffn_norm.weight"] = Array(repeating: weight, count: tiny.width)
        let model = try tiny.written { try LanguageModel(readingFileAt: $0) }
        for form in [ActivationForm.float, .eightBit] {
            let evaluation = Evaluation(model, team: try #require(ThreadTeam(threads: 2)), capacity: 2, form: form)
            let recorder = RoutingRecorder(model, capacity: 2)
            var scores: [Float] = []
            evaluation.extend(by: [1, 2], scoring: .last, recorder: recorder) { scores = Array($1) }
            #expect(scores.count == 48 && scores.allSatisfy { $0.isFinite })
            #expect(recorder.trace.layers[0].expert.isEmpty)
            #expect(recorder.trace.layers[1].expert.count == 4)
        }
    }

    /// The refusal's words; nil for a model that can be run.
    private func refusalText(_ bytes: [UInt8]) throws -> String? {
        try TemporaryFile.with(bytes) { path in
            do throws(ModelRefusal) {
                _ = try LanguageModel(readingFileAt: path)
                return nil
            } catch {
                return "\(error)"
            }
        }
    }
}
