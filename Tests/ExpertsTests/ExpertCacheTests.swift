import Core
import Experts
import Support
import Testing

/// A sparse model whose weight experts may use only so much memory.
struct ExpertCacheTests {
    private let folder: LocalFolder
    private let spec: ExpertSpec

    init() throws {
        folder = try LocalFolder()
        var model = TinyModelFile()
        model.experts = 4
        spec = try folder.spec("math", model)
    }

    /// Room for one of the eight weight experts, for three, and for all.
    @Test(arguments: ExpertCacheSettings.Policy.allCases, [1, 3, 8])
    func theAnswerIsTheSameWithLittleMemory(policy: ExpertCacheSettings.Policy, count: Int) async throws {
        let mapped = LocalFolder.factory().make(spec)
        let cache = ExpertCacheSettings(policy: policy, bytes: count * TinyModelFile.expertBytes)
        let budgeted = LocalFolder.factory(LocalEngineSettings(threads: 1, expertCache: cache)).make(spec)
        for seed in 1...3 {
            let question = Question.long("2 + 2?", 24, seed: seed)
            let expected = try await Sample.pieces(of: mapped, question)
            let found = try await Sample.pieces(of: budgeted, question)
            #expect(found.text == expected.text && !found.text.isEmpty)
            #expect(found.usage == expected.usage)
        }
    }

    /// The dense model's 124,032 bytes without its blocks of 2 · 12,288 but with 2 · (4 experts of 12,288 and a router
    /// of 512) are 198,784; caches of 4 answers of 256 tokens 524,288: 723,072 bytes. Experts with room for one take
    /// 12,288 in place of 98,304: 637,056.
    @Test func theMemoryOfAllModelsCountsOnlyWhatExpertsMayUse() async throws {
        let one = ExpertCacheSettings(bytes: TinyModelFile.expertBytes)
        for (cache, needed) in [(nil, 723_072), (one, 637_056)] {
            for (memory, isReady) in [(needed, true), (needed - 1, false)] {
                let engine = LocalEngineSettings(threads: 1, memory: memory, expertCache: cache)
                #expect(await LocalFolder.factory(engine).make(spec).health().isReady == isReady)
            }
        }
    }

    @Test func aDenseModelHasNoUseForIt() async throws {
        let dense = try folder.spec("dense")
        let cache = ExpertCacheSettings(bytes: 1)
        let budgeted = LocalFolder.factory(LocalEngineSettings(threads: 1, expertCache: cache)).make(dense)
        let question = Question.long("2 + 2?", 8)
        let expected = try await Sample.pieces(of: LocalFolder.factory().make(dense), question).text
        #expect(try await Sample.pieces(of: budgeted, question).text == expected)
    }
}
