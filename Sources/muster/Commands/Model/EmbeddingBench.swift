import Core
import Engine

/// How fast an encoder is here: one short query, and many texts in batches.
struct EmbeddingBench {
    let encoder: SentenceEncoder
    let texts: [String]

    /// Tokens of the query, the special ones among them.
    private static let queryTokens = 18
    private static let queries = 60
    private static let batch = 32
    private static let rounds = 3

    private struct Report: Encodable {
        /// The best and the middle one of many.
        let queryMilliseconds: Double
        let queryMedianMilliseconds: Double
        /// The best of the rounds, tokens included; nil without texts.
        let sentenceMilliseconds: Double?
        let texts: Int
    }

    func print(asJSON: Bool) throws {
        let query = queryTimes()
        let report = Report(
            queryMilliseconds: query.first ?? 0, queryMedianMilliseconds: query[query.count / 2],
            sentenceMilliseconds: texts.isEmpty ? nil : sentenceTime(), texts: texts.count)
        if asJSON { return try Output.json(report) }
        Output.line(
            "query     \(report.queryMilliseconds.decimals(2)) ms at best, "
                + "\(report.queryMedianMilliseconds.decimals(2)) ms in the middle (\(Self.queryTokens) tokens)")
        if let time = report.sentenceMilliseconds {
            Output.line("sentence  \(time.decimals(2)) ms in batches of \(Self.batch) (\(texts.count) texts)")
        }
    }

    /// In milliseconds, the shortest first.
    private func queryTimes() -> [Double] {
        var random = SeededRandom(seed: 1)
        let row = (0..<Self.queryTokens).map { _ in
            Int32.random(in: 0..<Int32(encoder.tokenizer.tokenCount), using: &random)
        }
        return (0..<Self.queries).map { _ in milliseconds { _ = encoder.vectors(of: [row]) } }.sorted()
    }

    /// Milliseconds for each text.
    private func sentenceTime() -> Double {
        let times = (0..<Self.rounds).map { _ in
            milliseconds {
                for start in stride(from: 0, to: texts.count, by: Self.batch) {
                    _ = encoder.encode(Array(texts[start..<min(start + Self.batch, texts.count)]))
                }
            }
        }
        return (times.min() ?? 0) / Double(texts.count)
    }

    private func milliseconds(_ work: () -> Void) -> Double {
        ContinuousClock().measure(work).asSeconds * 1000
    }
}
