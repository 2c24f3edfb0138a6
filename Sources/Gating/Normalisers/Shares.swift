/// Replaces each score by its part of the sum of `term(score / largest score)`; the ratio lies in 0...1.
///
/// Excluded scores become NaN and have no part; negative ones count as 0; a row without a positive score becomes zeros.
func share(_ row: inout MutableSpan<Float>, term: (Double) -> Double) {
    var best: Float = 0
    for expert in row.indices where row[expert] > best {
        best = row[expert]
    }
    var total = 0.0
    for expert in row.indices {
        let score = row[expert]
        guard score.isChoosable else {
            row[expert] = .nan
            continue
        }
        guard score > 0 else {
            row[expert] = 0
            continue
        }
        let part = Float(term(score == best ? 1 : Double(score) / Double(best)))
        total += Double(part)
        row[expert] = part
    }
    divide(&row, by: total)
}

/// Divides a row by its positive sum; a sum of 0 leaves the row alone.
func divide(_ row: inout MutableSpan<Float>, by total: Double) {
    guard total > 0 else { return }
    for expert in row.indices {
        row[expert] = Float(Double(row[expert]) / total)
    }
}
