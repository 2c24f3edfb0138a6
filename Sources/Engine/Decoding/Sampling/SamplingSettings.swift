/// How the next token is chosen from the model's logits: the numbers a client may set.
///
/// The defaults are OpenAI's: the model's own distribution, unchanged. Where OpenAI has no such parameter, the name in
/// refusals is the one llama.cpp's server gives it, and the default switches it off.
public struct SamplingSettings: Sendable, Equatable {
    /// Divides the logits last of all: below 1 sharpens, above 1 flattens, 0 always takes the best token.
    public let temperature: Double

    /// Only this many best tokens may be chosen; nil for all.
    public let topK: Int?

    /// Only the fewest best tokens that together hold this share may be chosen (arXiv:1904.09751); 1 for all.
    public let topP: Double

    /// Only tokens at least this fraction as likely as the best may be chosen (arXiv:2407.01082); 0 for all.
    public let minP: Double

    /// Divides positive logits of recent tokens and multiplies negative ones (arXiv:1909.05858, which divides all and
    /// so would help the negative ones); above 1 discourages, 1 changes nothing.
    public let repetitionPenalty: Double

    /// How many of the latest tokens are recent, those of the prompt included.
    public let repetitionWindow: Int

    /// Taken from a token's logit once for every time it stands in the answer so far.
    public let frequencyPenalty: Double

    /// Taken from a token's logit once if it stands in the answer so far.
    public let presencePenalty: Double

    /// Added to the logit of a token, by id. An addition and no ban: -100 leaves a token possible in principle.
    public let logitBias: [Int: Double]

    /// These settings; refuses what lies outside its range, naming the parameter.
    public init(
        temperature: Double = 1,
        topK: Int? = nil,
        topP: Double = 1,
        minP: Double = 0,
        repetitionPenalty: Double = 1,
        repetitionWindow: Int = 64,
        frequencyPenalty: Double = 0,
        presencePenalty: Double = 0,
        logitBias: [Int: Double] = [:]
    ) throws(SamplingRefusal) {
        self.temperature = try Self.checked(temperature, in: 0...2, "temperature")
        if let topK, topK < 1 {
            throw .parameter("top_k", found: "\(topK)", expected: "a whole number of 1 or more")
        }
        self.topK = topK
        self.topP = try Self.checked(topP, in: 0...1, "top_p")
        self.minP = try Self.checked(minP, in: 0...1, "min_p")
        guard repetitionPenalty > 0, repetitionPenalty <= 2 else {
            throw .parameter(
                "repeat_penalty", found: "\(repetitionPenalty)", expected: "a number above 0 and up to 2")
        }
        self.repetitionPenalty = repetitionPenalty
        guard (0...65_536).contains(repetitionWindow) else {
            throw .parameter(
                "repeat_last_n", found: "\(repetitionWindow)", expected: "a whole number from 0 to 65536")
        }
        self.repetitionWindow = repetitionWindow
        self.frequencyPenalty = try Self.checked(frequencyPenalty, in: -2...2, "frequency_penalty")
        self.presencePenalty = try Self.checked(presencePenalty, in: -2...2, "presence_penalty")
        // By id, so that of several faults the same one is always reported.
        for (token, bias) in logitBias.sorted(by: { $0.key < $1.key }) {
            _ = try Self.checked(bias, in: -100...100, "logit_bias[\(token)]")
        }
        self.logitBias = logitBias
    }

    private static func checked(
        _ value: Double, in range: ClosedRange<Int>, _ parameter: String
    ) throws(SamplingRefusal) -> Double {
        guard value >= Double(range.lowerBound), value <= Double(range.upperBound) else {
            throw .parameter(
                parameter, found: "\(value)", expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
