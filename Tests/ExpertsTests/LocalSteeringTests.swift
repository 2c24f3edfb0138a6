import Core
import Experts
import Support
import Testing

/// Questions that change what the gates of a model in this process choose.
struct LocalSteeringTests {
    private let folder: LocalFolder
    /// Four weight experts in each of two layers, two of which serve a token.
    private let sparse: ExpertSpec

    init() throws {
        folder = try LocalFolder()
        var model = TinyModelFile()
        model.experts = 4
        sparse = try folder.spec("math", model)
    }

    private func asking(_ changes: [Steering.Place: Steering.Change]?, tokens: Int = 24) -> Question {
        var question = Question.long("2 + 2?", tokens)
        question.sampling.temperature = 0
        question.steering = changes.map(Steering.init)
        return question
    }

    /// The same change for some experts of both layers.
    private func both(_ change: Steering.Change, _ experts: [Int]) -> [Steering.Place: Steering.Change] {
        var changes: [Steering.Place: Steering.Change] = [:]
        for layer in 0...1 {
            for expert in experts { changes[Steering.Place(layer: layer, expert: expert)] = change }
        }
        return changes
    }

    @Test func aMaskChangesTheAnswerOfOneQuestionAndNoOther() async throws {
        let expert = LocalFolder.factory().make(sparse)
        let plain = try await Sample.pieces(of: expert, asking(nil)).text
        let steered = try await Sample.pieces(of: expert, asking(both(.mask, [0, 1])))
        #expect(steered.text != plain && !steered.text.isEmpty)
        #expect(steered.usage?.cachedTokens == 0, "what was read with other gates is of no use")
        #expect(try await Sample.pieces(of: expert, asking(both(.mask, [0, 1]))).text == steered.text)
        #expect(try await Sample.pieces(of: expert, asking(nil)).text == plain)
    }

    /// Two of four experts serve a token: with two masked the others serve all, as they do when they are far ahead.
    @Test func boostingTwoIsMaskingTheOthers() async throws {
        let expert = LocalFolder.factory().make(sparse)
        let masked = try await Sample.pieces(of: expert, asking(both(.mask, [0, 1]))).text
        #expect(try await Sample.pieces(of: expert, asking(both(.boost(64), [2, 3]))).text == masked)
        #expect(try await Sample.pieces(of: expert, asking(both(.boost(-64), [0, 1]))).text == masked)
    }

    @Test(arguments: [
        (2, 0, "there is no layer 2; the model's layers are 0 to 1"),
        (1, 4, "layer 1 has no weight expert 4; its experts are 0 to 3"),
    ])
    func aWeightExpertThatIsNotThereIsRefused(layer: Int, expert: Int, words: String) async throws {
        let question = asking([Steering.Place(layer: layer, expert: expert): .mask])
        let fault = try await Sample.fault(of: LocalFolder.factory().make(sparse), question)
        #expect(fault?.code == .invalidRequest)
        #expect(
            fault?.sentence
                == "math: muster.steering: \(words). muster model inspect shows the layers and their experts.")
    }

    @Test func aLayerNeedsSomebody() async throws {
        let fault = try await Sample.fault(of: LocalFolder.factory().make(sparse), asking(both(.mask, [0, 1, 2, 3])))
        #expect(fault?.code == .invalidRequest)
        #expect(
            fault?.sentence == "math: muster.steering: every weight expert of a layer is masked. Leave at least one.")
    }

    /// Nothing is loaded for a question that will be refused.
    @Test func aDenseModelIsNotSteered() async throws {
        let factory = LocalFolder.factory()
        let fault = try await Sample.fault(of: factory.make(try folder.spec("dense")), asking(both(.mask, [0])))
        #expect(fault?.code == .unsupported)
        #expect(
            fault?.sentence == """
                dense: muster.steering: the model is dense: it has no weight experts to steer. \
                Leave it out, or ask a sparse mixture of experts.
                """)
        #expect(factory.localModelStatistics.loads == 0)
    }
}
