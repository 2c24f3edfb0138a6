import Engine
import Foundation
import Support
import Testing

struct BudgetedExpertsTests {
    private let tiny = TinyModel(.olmoe)
    private let prompt = [3, 14, 15, 9, 26, 5, 35, 8]
    private let steps = [7, 7, 40, 1, 0, 47, 12, 12]

    private static let policies: [any EvictionPolicy] = [
        LeastRecentlyUsed(), LeastFrequentlyUsed(), LeastFrequentlyUsed(halfLife: .infinity),
        FarthestNextUse(of: RoutingTrace(expertCounts: [8, 8]), passes: []),
    ]

    /// Law: however little memory the experts have and whatever goes first, every score keeps its bits, and the memory
    /// stays within its budget. The prompt's eight tokens need up to eight experts of a layer: with room for one, eight
    /// waves.
    @Test(arguments: policies.indices, [1, 2, 3, 7, 16])
    func scoresAreThoseOfTheMappedModel(policy: Int, room: Int) throws {
        try tiny.written { path in
            let mapped = try TinyRun.scores(LanguageModel(readingFileAt: path), prompt: prompt, steps: steps)
            #expect(mapped.contains { $0 != mapped[0] })
            let bytes = room * tiny.expertBytes
            for predictor in [nil, RepeatedExperts()] as [RepeatedExperts?] {
                let model = try LanguageModel(
                    readingFileAt: path,
                    experts: .budget(bytes: bytes, policy: Self.policies[policy], predictor: predictor))
                #expect(try TinyRun.scores(model, prompt: prompt, steps: steps) == mapped)
                let statistics = try #require(model.expertStatistics)
                #expect(statistics.peakBytes <= bytes && statistics.peakBytes > 0)
                #expect(statistics.failedReads == 0)
            }
        }
    }

    /// Two experts in each of two layers for a token. The first token misses 4; the same token again, alone in its
    /// sequence each time, is all hits; 4 experts of 12 288 bytes were read.
    @Test func countsWhatItFindsAndReads() throws {
        try tiny.written { path in
            let model = try LanguageModel(
                readingFileAt: path, experts: .budget(bytes: model(path).expertBytes, policy: LeastRecentlyUsed()))
            _ = try TinyRun.scores(model, prompt: [], steps: [5])
            _ = try TinyRun.scores(model, prompt: [], steps: [5])
            let statistics = try #require(model.expertStatistics)
            #expect(statistics.misses == 4 && statistics.hits == 4 && statistics.hitRate == 0.5)
            #expect(statistics.bytesRead == 4 * 12_288 && statistics.peakBytes == 4 * 12_288)
            #expect(statistics.evictions == 0 && statistics.prefetched == 0)
            #expect(statistics.secondsWaited > 0)
        }
    }

    /// With room for one, each of the 4 experts a token needs drives out the one before.
    @Test func roomForOneReadsEveryExpertAnew() throws {
        try tiny.written { path in
            let model = try LanguageModel(
                readingFileAt: path, experts: .budget(bytes: tiny.expertBytes, policy: LeastRecentlyUsed()))
            _ = try TinyRun.scores(model, prompt: [], steps: [5])
            _ = try TinyRun.scores(model, prompt: [], steps: [5])
            let statistics = try #require(model.expertStatistics)
            #expect(statistics.misses == 8 && statistics.hits == 0 && statistics.evictions == 7)
        }
    }

    @Test func refusesABudgetBelowOneExpert() throws {
        try tiny.written { path in
            let refusal = ModelRefusal.expertBudget(bytes: 12_287, smallest: 12_288)
            #expect(throws: refusal) {
                try LanguageModel(readingFileAt: path, experts: .budget(bytes: 12_287, policy: LeastRecentlyUsed()))
            }
            #expect(
                "\(refusal)" == "the weight experts may use 12287 bytes of memory, and one of them needs 12288. "
                    + "Allow at least 12288 bytes")
        }
    }

    @Test func aDenseModelHasNothingToKeep() throws {
        try TinyModel(.llama).written { path in
            let model = try LanguageModel(
                readingFileAt: path, experts: .budget(bytes: 0, policy: LeastRecentlyUsed()))
            let mapped = try TinyRun.scores(LanguageModel(readingFileAt: path), prompt: prompt)
            #expect(try TinyRun.scores(model, prompt: prompt) == mapped)
            #expect(model.expertBytes == 0 && model.expertStatistics?.hitRate == 1)
        }
    }

    @Test func aMappedModelHasNoStatistics() throws {
        try tiny.written { path in
            let model = try model(path)
            model.prefetch(layer: 0, experts: [0])
            #expect(model.expertStatistics == nil)
            #expect(model.expertBytes == 16 * 12_288)
        }
    }

    /// All 8 experts of layer 0 are read ahead, so a token misses only its 2 of layer 1.
    @Test(.timeLimit(.minutes(1))) func whatWasReadAheadIsThere() throws {
        try tiny.written { path in
            let model = try LanguageModel(
                readingFileAt: path, experts: .budget(bytes: 16 * tiny.expertBytes, policy: LeastRecentlyUsed()))
            // What the model does not have is passed over.
            model.prefetch(layer: 0, experts: Array(-1...8))
            model.prefetch(layer: 2, experts: [0])
            model.prefetch(layer: -1, experts: [0])
            while model.expertStatistics?.prefetched != 8 { usleep(1000) }
            _ = try TinyRun.scores(model, prompt: [], steps: [5])
            let statistics = try #require(model.expertStatistics)
            #expect(statistics.hits == 2 && statistics.misses == 2)
            #expect(statistics.bytesRead == 10 * 12_288)
        }
    }

    /// A file cut short after it was opened does not give its last expert any more. That is used through the mapping,
    /// where the missing number is 0 like all that follows a file's end in its last page of memory.
    @Test func anExpertThatCannotBeReadComesFromTheMapping() throws {
        try tiny.written { path in
            let mapped = try model(path)
            let model = try LanguageModel(
                readingFileAt: path, experts: .budget(bytes: 4 * tiny.expertBytes, policy: LeastRecentlyUsed()))
            #expect(truncate(path, off_t(tiny.file.bytes.count - 4)) == 0)
            let tokens = Array(0..<tiny.tokens)
            #expect(try TinyRun.scores(model, prompt: tokens) == TinyRun.scores(mapped, prompt: tokens))
            #expect(try #require(model.expertStatistics).failedReads > 0)
        }
    }

    private func model(_ path: String) throws -> LanguageModel { try LanguageModel(readingFileAt: path) }
}
