import Engine
import Testing

/// Every architecture against its plain twin, and the laws that hold however a sequence is computed.
struct ArchitectureTests {
    private static let prompt = [3, 14, 15, 9, 26, 5, 35, 8, 17, 3, 3, 41]

    @Test(arguments: TinyModel.Architecture.allCases)
    func scoresAndExpertsAreThoseOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        for seed in 1...3 {
            var tiny = TinyModel(architecture)
            tiny.seed = UInt64(seed)
            try expectTwin(tiny, prompt: Self.prompt)
        }
    }

    /// Heads of values that are shorter than those of keys, keys that turn only in their first half, one key head.
    @Test(arguments: TinyModel.Architecture.allCases.filter { !$0.isLatent })
    func headsOfOtherSizesAreThoseOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        var tiny = TinyModel(architecture)
        (tiny.keyHeads, tiny.valueSize, tiny.keys["rope.dimension_count"]) = (1, 8, .count(8))
        try expectTwin(tiny, prompt: Self.prompt)
        (tiny.keyHeads, tiny.valueSize) = (tiny.heads, 24)
        try expectTwin(tiny, prompt: Self.prompt)
    }

    /// 70 tokens are two passes where each is scored, and many windows of four.
    @Test(arguments: [TinyModel.Architecture.gemma3, .gptOSS, .deepseekV3])
    func aLongPromptIsThatOfThePlainTwin(architecture: TinyModel.Architecture) throws {
        try expectTwin(TinyModel(architecture), prompt: (0..<70).map { ($0 * $0 + 5) % 48 })
    }

    /// A window as long as the prompt hides nothing; the tiny models' window of four does.
    @Test(arguments: [TinyModel.Architecture.gemma3, .gptOSS])
    func aWindowHidesWhatIsFarther(architecture: TinyModel.Architecture) throws {
        var wide = TinyModel(architecture)
        wide.window = Self.prompt.count
        let row = wide.tokens
        let seen = try scores(wide, [Self.prompt])
        let narrow = try scores(TinyModel(architecture), [Self.prompt])
        #expect(seen.prefix(4 * row) == narrow.prefix(4 * row))
        #expect(seen.dropFirst(4 * row) != narrow.dropFirst(4 * row))
    }

    /// Weights that are floats are multiplied as floats in both forms; only the order of sums differs.
    @Test(arguments: TinyModel.Architecture.allCases)
    func theEightBitFormOfFloatsIsTheFloatForm(architecture: TinyModel.Architecture) throws {
        let tiny = TinyModel(architecture)
        let float = try scores(tiny, [Self.prompt])
        let eightBit = try scores(tiny, [Self.prompt], form: .eightBit)
        #expect(largestDifference(float, eightBit.map(Double.init)) < 1e-4)
    }

    /// Law: the number of threads changes no bit.
    @Test(arguments: TinyModel.Architecture.allCases, Form.allCases)
    func threadsChangeNothing(architecture: TinyModel.Architecture, form: Form) throws {
        let tiny = TinyModel(architecture)
        let alone = try scores(tiny, [Self.prompt], threads: 1, form: form.activation)
        for threads in 2...3 {
            #expect(try scores(tiny, [Self.prompt], threads: threads, form: form.activation) == alone)
        }
    }

    /// Law: however a sequence is cut into passes, each token's scores keep their bits.
    @Test(arguments: TinyModel.Architecture.allCases, Form.allCases)
    func passesChangeNothing(architecture: TinyModel.Architecture, form: Form) throws {
        let tiny = TinyModel(architecture)
        let whole = try scores(tiny, [Self.prompt], form: form.activation)
        for step in [1, 5] {
            let passes = stride(from: 0, to: Self.prompt.count, by: step).map {
                Array(Self.prompt[$0..<min($0 + step, Self.prompt.count)])
            }
            #expect(try scores(tiny, passes, form: form.activation) == whole, "passes of \(step)")
        }
    }

    /// Law: tokens whose scores nobody wanted leave the same keys and values behind.
    @Test(arguments: TinyModel.Architecture.allCases)
    func whatWasNotScoredIsRememberedAllTheSame(architecture: TinyModel.Architecture) throws {
        let tiny = TinyModel(architecture)
        let whole = try scores(tiny, [Self.prompt])
        try tiny.written { path in
            let model = try LanguageModel(readingFileAt: path)
            let last = try TinyRun.lastScores(model, after: Self.prompt, keeping: 7)
            #expect(last == Array(whole.suffix(tiny.tokens)))
        }
    }

    /// How products take their activations, as a test's argument.
    enum Form: CaseIterable {
        case float, eightBit

        var activation: ActivationForm { self == .float ? .float : .eightBit }
    }

    private func expectTwin(_ tiny: TinyModel, prompt: [Int]) throws {
        try tiny.written { path in
            let answer = try PlainTransformer(readingFileAt: path).answer(to: prompt)
            let model = try LanguageModel(readingFileAt: path)
            let recorder = RoutingRecorder(model, capacity: prompt.count)
            let scores = try TinyRun.scores(model, passes: [prompt], recorder: recorder)
            #expect(largestDifference(scores, answer.scores) < 1e-4)
            // A model that says the same to everything would agree with any twin that does.
            #expect(scores.prefix(tiny.tokens) != scores.suffix(tiny.tokens))
            for layer in 0..<tiny.layers {
                let record = recorder.trace.layers[layer]
                let experts = (0..<record.tokens).map { record.experts(of: $0).map(Int.init) }
                #expect(experts == answer.experts[layer] ?? [], "layer \(layer)")
            }
        }
    }

    private func scores(
        _ tiny: TinyModel, _ passes: [[Int]], threads: Int = 2, form: ActivationForm = .float
    ) throws -> [Float] {
        try tiny.written { path in
            try TinyRun.scores(LanguageModel(readingFileAt: path), passes: passes, threads: threads, form: form)
        }
    }
}
