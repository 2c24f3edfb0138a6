import Core
import Engine

/// How likely one token was, as OpenAI writes it in `logprobs.content`.
struct LocalProbabilities {
    private let told: TokenLogProbabilities
    private let spelling: (Int) -> [UInt8]

    init(_ told: TokenLogProbabilities, spelling: @escaping (Int) -> [UInt8]) {
        self.told = told
        self.spelling = spelling
    }

    var json: JSONValue {
        var members = one(told.chosen)
        members["top_logprobs"] = .array(told.likeliest.map { .object(one($0)) })
        return .object(members)
    }

    private func one(_ token: TokenLogProbability) -> [String: JSONValue] {
        let bytes = spelling(token.token)
        return [
            // Half a character is shown as a replacement; `bytes` is the truth.
            "token": .string(String(decoding: bytes, as: UTF8.self)),
            "logprob": .number(max(token.logProbability, Self.least)),
            "bytes": .array(bytes.map { .integer(Int($0)) }),
        ]
    }

    /// JSON has no infinity; OpenAI writes this for a token that cannot be.
    private static let least = -9999.0
}
