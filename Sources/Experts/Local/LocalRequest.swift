import Core
import Engine

/// A question as the engine takes it, all but the tokens of its prompt: checked before a model is loaded for it.
struct LocalRequest {
    private let sampling: SamplingSettings
    private let seed: UInt64
    private let stops: [String]
    private let mostTokens: Int?
    private let grammar: Grammar?
    private let likeliest: Int?
    /// What is changed in the model's gates.
    let steering: SteeringPlan?

    /// The members beyond OpenAI's usual ones that are followed. `repeat_penalty`, `repeat_last_n`, `top_k` and `min_p`
    /// have llama.cpp's names, `repetition_penalty` is what others call the first.
    private static let known = [
        "top_k", "min_p", "frequency_penalty", "presence_penalty", "repeat_penalty", "repetition_penalty",
        "repeat_last_n", "logit_bias", "max_completion_tokens",
    ]

    /// - Parameter seed: used where the question has none.
    /// - Throws: a `Fault` that names the member which cannot be followed.
    init(_ question: Question, mostTokens most: Int?, seed: UInt64, faults: LocalFaults) throws {
        guard !question.showsImages else {
            throw faults.unsupported(
                "messages", "a local expert sees no pictures", hint: "Ask an expert that sees images")
        }
        if !question.output.tools.isEmpty, question.output.toolChoice != ToolChoice.none {
            throw faults.unsupported("tools", "a local expert calls none", hint: "Leave it out")
        }
        let asked = question.sampling
        var extras = RequestExtras(question.extra, faults: faults)
        let penalty = try extras.number("repeat_penalty")
        let samePenalty = try extras.number("repetition_penalty")
        do {
            sampling = try SamplingSettings(
                temperature: asked.temperature ?? 1, topK: try Self.topK(&extras), topP: asked.topP ?? 1,
                minP: try extras.number("min_p") ?? 0, repetitionPenalty: penalty ?? samePenalty ?? 1,
                repetitionWindow: try extras.whole("repeat_last_n", 0...65_536) ?? 64,
                frequencyPenalty: try extras.number("frequency_penalty") ?? 0,
                presencePenalty: try extras.number("presence_penalty") ?? 0,
                logitBias: try extras.biases("logit_bias"))
        } catch let refusal as SamplingRefusal {
            throw faults.parameter(refusal)
        }
        let newer = try extras.whole("max_completion_tokens", 1...10_000_000)
        mostTokens = asked.maximumTokens ?? newer ?? most
        grammar = try AnswerGrammar.of(question.output.form, faults: faults)
        likeliest = question.output.tokenProbabilities
        steering = question.steering.map { SteeringPlan($0) }
        try extras.refuseOthers(known: Self.known)
        self.seed = asked.seed.map { UInt64(bitPattern: Int64($0)) } ?? seed
        stops = asked.stop
    }

    /// The request with its prompt.
    func reading(_ prompt: [Int]) -> GenerationRequest {
        var request = GenerationRequest(prompt: prompt, sampling: sampling, seed: seed)
        request.mostTokens = mostTokens
        request.stops = stops
        request.grammar = grammar
        request.likeliest = likeliest
        request.steering = steering
        return request
    }

    /// 0 and -1 are how other programs write that all tokens may be chosen.
    private static func topK(_ extras: inout RequestExtras) throws -> Int? {
        let count = try extras.whole("top_k", -1...10_000_000)
        return count.flatMap { $0 > 0 ? $0 : nil }
    }
}
