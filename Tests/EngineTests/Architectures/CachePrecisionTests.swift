import Engine
import Testing

/// Keys and values are kept as precisely as the weights are.
struct CachePrecisionTests {
    private static let prompt = [3, 14, 15, 9, 26, 5, 35, 8, 17, 3, 3, 41]

    /// Two layers of two heads of 16 for keys, and 16 for values: 2 · (32 + 32) numbers of 4 bytes.
    @Test func weightsOfFloatsKeepFloats() throws {
        #expect(try cacheBytes(TinyModel(.llama)) == 512)
    }

    /// Three layers of a latent of 16 and 8 numbers that turn, whatever the number of heads.
    @Test func latentAttentionKeepsOneVector() throws {
        #expect(try cacheBytes(TinyModel(.deepseekV3)) == 3 * 24 * 4)
    }

    /// Halves have 11 binary places: the scores move, and little.
    @Test(arguments: [TinyModel.Architecture.llama, .gptOSS, .deepseekV2])
    func otherWeightsKeepHalves(architecture: TinyModel.Architecture) throws {
        var tiny = TinyModel(architecture)
        let floats = try cacheBytes(tiny)
        tiny.halved = ["token_embd.weight"]
        try tiny.written { path in
            let model = try LanguageModel(readingFileAt: path)
            #expect(model.cacheBytesPerToken == floats / 2)
            let exact = try PlainTransformer(readingFileAt: path).answer(to: Self.prompt).scores
            let distance = largestDifference(try TinyRun.scores(model, passes: [Self.prompt]), exact)
            #expect(distance < 2e-2 && distance > 1e-5)
        }
    }

    private func cacheBytes(_ tiny: TinyModel) throws -> Int {
        try tiny.written { try LanguageModel(readingFileAt: $0).cacheBytesPerToken }
    }
}
