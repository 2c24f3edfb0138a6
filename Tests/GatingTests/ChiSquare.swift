/// Pearson's statistic Σ (seen - expected)² / expected over cells with an expectation above 0; infinite if something
/// was seen where nothing was expected.
func chiSquare(seen: [Int], probabilities: [Double]) -> Double {
    let total = Double(seen.reduce(0, +))
    var statistic = 0.0
    for (count, probability) in zip(seen, probabilities) {
        guard probability > 0 else {
            if count > 0 { return .infinity }
            continue
        }
        let expected = total * probability
        statistic += (Double(count) - expected) * (Double(count) - expected) / expected
    }
    return statistic
}
