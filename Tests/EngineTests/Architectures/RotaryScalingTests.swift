import Engine
import Foundation
import Testing

/// How contexts are stretched: the formulas by hand, and the engine against the plain twin and against itself.
struct RotaryScalingTests {
    private static let prompt = [3, 14, 15, 9, 26, 5, 35, 8, 17, 3, 3, 41]
    private static let angular: [TinyModel.Architecture] = [.llama, .qwen3, .granitemoe, .deepseekV3, .gptOSS, .gemma3]

    /// 10000^(-2i/8): each pair turns a tenth as fast as the one before.
    @Test func plainAnglesFallWithThePair() {
        expect(PlainRotary.frequencies(size: 8, base: 10000), are: [1, 0.1, 0.01, 0.001])
    }

    /// Four pairs, trained for 4096 tokens, stretched by 4. Pairs turn 652, 65, 6.5 and 0.65 times in 4096 tokens. The
    /// pair that turns 32 times is 8 · ln(4096 / 32 / 2π) / (2 ln 10000) = 1.31, rounded down 1; the one that turns once
    /// is 2.81, rounded up 3. The ramp over pairs is 0, 0, 1/2, 1: the first two keep their angles, the third has half of
    /// each, 0.01 / 2 + 0.0025 / 2, the last is a quarter.
    @Test func yarnKeepsFastPairsAndStretchesSlowOnes() {
        let stretched = PlainRotary.yarn(size: 8, base: 10000, factor: 4, trained: 4096)
        expect(stretched, are: [1, 0.1, 0.00625, 0.00025])
    }

    /// A quarter turn a position: (1, 0) becomes (0, 1), then (-1, 0).
    @Test func aPairTurnsByItsPosition() {
        let halves = PlainRotary(frequencies: [.pi / 2, 0], turnsNeighbours: false)
        expect(halves.turned([1, 5, 0, 6, 7], position: 1), are: [0, 5, 1, 6, 7])
        expect(halves.turned([1, 5, 0, 6, 7], position: 2), are: [-1, 5, 0, 6, 7])
        let neighbours = PlainRotary(frequencies: [.pi / 2, 0], magnitude: 2, turnsNeighbours: true)
        expect(neighbours.turned([1, 0, 5, 6, 7], position: 1), are: [0, 2, 10, 12, 7])
    }

    @Test(arguments: angular)
    func linearScalingIsThatOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        try expectTwin(architecture, ["rope.scaling.type": .text("linear"), "rope.scaling.factor": .number(4)])
    }

    @Test(arguments: angular)
    func yarnIsThatOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        try expectTwin(architecture, Self.yarn)
    }

    /// DeepSeek names YaRN's growth, 0.1 · mscale, and takes it into the scale of attention.
    @Test(arguments: [TinyModel.Architecture.deepseekV2, .deepseekV3])
    func theGrowthThatTheFileNamesIsThatOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        let growing = Self.yarn.merging(["rope.scaling.yarn_log_multiplier": .number(0.0707)]) { $1 }
        try expectTwin(architecture, growing)
        let scores = try [Self.yarn, growing].map { try Self.scores(Self.tiny(architecture, $0)) }
        #expect(scores[0] != scores[1])
    }

    @Test(arguments: [TinyModel.Architecture.llama, .qwen2])
    func factorsOfPairsAreThoseOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        try expectTwin(architecture, [:], factors: Self.factors)
    }

    @Test(arguments: [TinyModel.Architecture.llama, .qwen2, .gptOSS])
    func factorsOfPairsCountInStretchedContextsToo(architecture: TinyModel.Architecture) throws {
        let linear: [String: TinyValue] = ["rope.scaling.type": .text("linear"), "rope.scaling.factor": .number(4)]
        for stretching in [linear, Self.yarn] {
            try expectTwin(architecture, stretching, factors: Self.factors)
            let alone = try Self.scores(Self.tiny(architecture, stretching))
            #expect(try Self.scores(Self.tiny(architecture, stretching, factors: Self.factors)) != alone)
        }
    }

    /// Factors 1, 2, 1/2 and 4 of the four pairs by hand above: their angles 1, 0.1, 0.00625 and 0.00025 become 1, 0.05,
    /// 0.0125 and 0.0000625, which is to divide plain angles by 1, 2, 0.8 and 16. Where the ramp lies does not change.
    @Test func factorsOfPairsDivideYarnsAngles() throws {
        expect(
            PlainRotary.yarn(size: 8, base: 10000, factor: 4, trained: 4096, factors: [1, 2, 0.5, 4]),
            are: [1, 0.05, 0.0125, 0.0000625])
        var stretched = TinyModel(.granite)
        stretched.keySize = 8
        var byHand = stretched
        stretched.keys = Self.yarn
        stretched.vectors["rope_freqs.weight"] = [1, 2, 0.5, 4]
        byHand.vectors["rope_freqs.weight"] = [1, 2, 0.8, 16]
        byHand.keys["attention.scale"] = .number(0.125 * 1.2964770)
        let (found, expected) = (try Self.scores(stretched), try Self.scores(byHand).map(Double.init))
        #expect(largestDifference(found, expected) < 1e-5)
    }

    /// The numbers by hand above, given to the engine itself: as factors of pairs they are 1, 1, 1.6 and 4, and the
    /// growth 0.1 ln 4 + 1 = 1.1386294 of query and key alike is 1.2964770 in attention's scale.
    @Test func yarnIsTheAnglesAndTheScaleByHand() throws {
        var stretched = TinyModel(.granite)
        stretched.keySize = 8
        var byHand = stretched
        stretched.keys = Self.yarn
        byHand.vectors["rope_freqs.weight"] = [1, 1, 1.6, 4]
        byHand.keys["attention.scale"] = .number(0.125 * 1.2964770)
        let (found, expected) = (try Self.scores(stretched), try Self.scores(byHand).map(Double.init))
        #expect(largestDifference(found, expected) < 1e-5)
    }

    /// Positions divided by four are angles divided by four.
    @Test func linearScalingIsOneFactorForAllPairs() throws {
        var linear = TinyModel(.llama)
        var byHand = linear
        linear.keys = ["rope.scaling.type": .text("linear"), "rope.scaling.factor": .number(4)]
        byHand.vectors["rope_freqs.weight"] = [Float](repeating: 4, count: 8)
        #expect(try Self.scores(linear) == Self.scores(byHand))
    }

    /// Gemma's layers with a window turn as they always did, whatever the others' base and scaling.
    @Test func layersWithAWindowAreNotStretched() throws {
        var short = TinyModel(.gemma3)
        short.layers = 5
        var stretched = short
        stretched.keys = ["rope.scaling.type": .text("linear"), "rope.scaling.factor": .number(8)]
        #expect(try Self.scores(short) == Self.scores(stretched))
        (short.layers, stretched.layers) = (6, 6)
        #expect(try Self.scores(short) != Self.scores(stretched))
    }

    private static let factors: [Float] = [1, 1, 1.5, 8, 2, 3, 0.5, 32]

    private static let yarn: [String: TinyValue] = [
        "rope.scaling.type": .text("yarn"), "rope.scaling.factor": .number(4),
        "rope.scaling.original_context_length": .count(4096),
    ]

    private static func tiny(
        _ architecture: TinyModel.Architecture, _ keys: [String: TinyValue], factors: [Float]? = nil
    ) -> TinyModel {
        var tiny = TinyModel(architecture)
        tiny.keys = keys
        tiny.vectors["rope_freqs.weight"] = factors
        return tiny
    }

    private static func scores(_ tiny: TinyModel) throws -> [Float] {
        try tiny.written { try TinyRun.scores(LanguageModel(readingFileAt: $0), passes: [prompt]) }
    }

    /// The engine agrees with the twin, and differs from a model that is not stretched.
    private func expectTwin(
        _ architecture: TinyModel.Architecture, _ keys: [String: TinyValue], factors: [Float]? = nil
    ) throws {
        let stretched = Self.tiny(architecture, keys, factors: factors)
        let expected = try stretched.written { try PlainTransformer(readingFileAt: $0).answer(to: Self.prompt).scores }
        let found = try Self.scores(stretched)
        #expect(largestDifference(found, expected) < 1e-4)
        #expect(largestDifference(try Self.scores(TinyModel(architecture)), expected) > 1e-2)
    }

    private func expect(_ found: [Double], are expected: [Double]) {
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(found)")
    }
}
