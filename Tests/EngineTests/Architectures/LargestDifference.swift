/// The largest distance between scores and what they should be; infinite where their counts differ or one is no number.
func largestDifference(_ scores: [Float], _ expected: [Double]) -> Double {
    guard scores.count == expected.count else { return .infinity }
    return zip(scores, expected).reduce(0) { worst, pair in
        let distance = abs(Double(pair.0) - pair.1)
        return distance.isNaN ? .infinity : max(worst, distance)
    }
}
