import Engine
import Kernels

/// Does with a model file all that the program does with one: opens it, reads its vocabulary and template, runs it.
struct FileTrial {
    /// How far a file came.
    enum Outcome: String, CaseIterable {
        /// Not even a GGUF file.
        case notRead
        /// A GGUF file that is no model.
        case notModel
        /// A model that was run, without a vocabulary of its own.
        case ran
        /// A model that has written an answer.
        case answered
    }

    let team: ThreadTeam

    /// Tries the file at `path`; every refusal is put into words, as for people. `variant` chooses among the ways in
    /// which experts are kept and answers are made.
    func run(_ path: String, variant: Int) async -> Outcome {
        let parts: GGUFParts
        do { parts = try GGUFParts(readingFileAt: path) } catch { return refused(.notRead, error) }
        let codec = read { try TextCodec(parts.metadata) }
        if let codec { useVocabulary(codec) }
        if let template = read({ try ChatTemplate(in: parts.metadata) }) {
            _ = read { try template.render(Self.turns, with: ChatVariables(beginningOfText: "<s>", endOfText: "</s>")) }
        }
        let model: LanguageModel
        do { model = try LanguageModel(readingFileAt: path) } catch { return refused(.notModel, error) }
        evaluate(model)
        if variant.isMultiple(of: 4), model.expertBytes > 0,
            let kept = read({
                try LanguageModel(
                    readingFileAt: path, experts: .budget(bytes: model.expertBytes / 2, policy: LeastRecentlyUsed()))
            })
        {
            kept.prefetch(layer: 0, experts: [0, 1])
            evaluate(kept)
        }
        guard let codec else { return .ran }
        evaluate(model, codec.encodePrompt("a ab", marks: .asTokens))
        await answer(model, codec, variant: variant)
        return .answered
    }

    /// Bytes.
    private static let mostReserved = 1 << 26

    private static let turns = [
        ChatTurn(role: "system", content: "Be short."), ChatTurn(role: "user", content: "a ab <|im_end|> </s> é"),
    ]

    private func refused(_ outcome: Outcome, _ error: any Error) -> Outcome {
        _ = "\(error)".utf8.count
        return outcome
    }

    /// What `make` makes; nil when it is refused.
    private func read<Value>(_ make: () throws -> Value) -> Value? {
        do { return try make() } catch {
            _ = "\(error)".utf8.count
            return nil
        }
    }

    private func useVocabulary(_ codec: TextCodec) {
        let ids = codec.encodePrompt("The ab in\n\t12 345 ▁a é🙂 <|im_end|></s>", marks: .asTokens)
        _ = codec.tokenizer.decode(ids + [-1, codec.tokenizer.tokenCount])
        _ = (codec.beginningText, codec.endingText)
    }

    /// A text's tokens: what a vocabulary knows, the model must know.
    private func evaluate(_ model: LanguageModel, _ tokens: [Int]) {
        let evaluation = Evaluation(model, team: team, capacity: tokens.count, form: .eightBit)
        evaluation.extend(by: tokens, scoring: .last) { _, _ in }
    }

    /// Three tokens in two passes, in both forms.
    private func evaluate(_ model: LanguageModel) {
        _ = (model.weightBytes, model.cacheBytesPerToken)
        for form in [ActivationForm.float, .eightBit] {
            let evaluation = Evaluation(model, team: team, capacity: 3, form: form)
            let recorder = RoutingRecorder(model, capacity: 3)
            for tokens in [[0, model.tokenCount - 1], [model.tokenCount / 2]] {
                evaluation.extend(by: tokens, scoring: .all, recorder: recorder) { _, scores in
                    precondition(scores.count == model.tokenCount, "each token has a score")
                }
            }
        }
    }

    /// Four tokens, some of them held to a grammar.
    private func answer(_ model: LanguageModel, _ codec: TextCodec, variant: Int) async {
        let dialogue = read { try ModelDialogue(model, codec) }
        let prompt = read { try dialogue?.prompt(Self.turns) } ?? nil
        // The whole context where it takes little: address space is reserved for all of it.
        let isShort = model.contextLength <= Self.mostReserved / max(1, model.cacheBytesPerToken)
        let generator = Generator(model, vocabulary: codec, team: team, contextTokens: isShort ? nil : 16)
        defer { generator.close() }
        let temperature: Double = variant.isMultiple(of: 2) ? 0 : 1
        guard let settings = read({ try SamplingSettings(temperature: temperature, topP: 0.9) }) else { return }
        var request = GenerationRequest(prompt: Array((prompt ?? [0]).prefix(8)), sampling: settings, seed: 1)
        request.mostTokens = 4
        request.likeliest = 2
        if variant.isMultiple(of: 3) { request.grammar = .anyObject }
        do {
            for try await _ in try generator.answer(to: request) {}
        } catch {
            _ = "\(error)".utf8.count
        }
    }
}
