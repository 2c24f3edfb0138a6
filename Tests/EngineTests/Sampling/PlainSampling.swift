import Engine
import Foundation

/// The sampling chain written plainly: sort everything, then cut. What the fast one must agree with.
struct PlainSampling {
    var topK: Int?
    var topP = 1.0
    var minP = 0.0

    /// The tokens that may be chosen, best first, and their probabilities at a temperature.
    func distribution(of row: [Float], temperature: Double = 1) -> [(token: Int, probability: Double)] {
        var sorted = row.indices.filter { row[$0] > -.infinity }
        sorted.sort { row[$0] > row[$1] || (row[$0] == row[$1] && $0 < $1) }
        if let topK {
            sorted = Array(sorted.prefix(topK))
        }
        let shares = softmax(of: sorted.map { row[$0] }, temperature: 1)
        var kept = 0
        var sum = 0.0
        while kept < sorted.count, kept == 0 || topP == 1 || sum < topP {
            sum += shares[kept]
            kept += 1
        }
        let likely = (0..<kept).filter { shares[$0] >= minP * shares[0] }.map { sorted[$0] }
        return Array(zip(likely, softmax(of: likely.map { row[$0] }, temperature: temperature)))
    }

    /// Shares of logits that are sorted, best first.
    private func softmax(of logits: [Float], temperature: Double) -> [Double] {
        let best = Double(logits.first ?? 0)
        let terms = logits.map { Double($0) == best ? 1 : exp((Double($0) - best) / temperature) }
        let sum = terms.reduce(0, +)
        return terms.map { $0 / sum }
    }
}

/// Pearson's statistic Σ (seen - expected)² / expected; infinite if something was seen where nothing was expected.
func chiSquare(seen: [Int: Int], probabilities: [(token: Int, probability: Double)]) -> Double {
    let total = Double(seen.values.reduce(0, +))
    guard Set(seen.keys).isSubset(of: probabilities.map { $0.token }) else { return .infinity }
    return probabilities.reduce(0) { statistic, cell in
        let expected = total * cell.probability
        let distance = Double(seen[cell.token] ?? 0) - expected
        return statistic + distance * distance / expected
    }
}

/// How often each token is drawn from the same row by one sampler.
func counts(of draws: Int, from row: [Float], _ settings: SamplingSettings, seed: UInt64) throws -> [Int: Int] {
    var sampler = try Sampler(settings, tokenCount: row.count, seed: seed)
    var seen: [Int: Int] = [:]
    for _ in 0..<draws {
        seen[try sampler.next(row.span), default: 0] += 1
    }
    return seen
}

/// The first tokens that one sampler chooses from the same row.
func tokens(
    _ count: Int, from row: [Float], _ settings: SamplingSettings, seed: UInt64 = 1, prompt: [Int] = []
) throws -> [Int] {
    var sampler = try Sampler(settings, tokenCount: row.count, seed: seed, prompt: prompt)
    return try (0..<count).map { _ in try sampler.next(row.span) }
}

/// Logits whose softmax is these probabilities.
func logits(of probabilities: Double...) -> [Float] {
    probabilities.map { Float(log($0)) }
}
