/// A copy of the model's logits with forbidden tokens excluded, biases added and penalties taken off.
///
/// The order is llama.cpp's: bias, then repetition penalty, then frequency and presence penalty. A forbidden token is
/// minus infinity and stays it. The model's own row is left alone, so log-probabilities can be read from it later.
struct AdjustedRow: Sendable {
    /// The adjusted logits, `[vocabulary]`; the memory is kept from token to token.
    private(set) var logits: [Float] = []

    /// Writes the adjusted copy of one row.
    mutating func write(
        _ row: Span<Float>, settings: SamplingSettings, history: TokenHistory, allowed: TokenMask?
    ) {
        copy(row, allowed: allowed)
        for (token, bias) in settings.logitBias {
            logits[token] += Float(bias)
        }
        if settings.repetitionPenalty != 1 {
            let penalty = Float(settings.repetitionPenalty)
            for token in history.recent.keys {
                logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty
            }
        }
        if settings.penalisesAnswer {
            for (token, count) in history.answer {
                logits[token] -= Float(Double(count) * settings.frequencyPenalty + settings.presencePenalty)
            }
        }
    }

    private mutating func copy(_ row: Span<Float>, allowed: TokenMask?) {
        if logits.count != row.count {
            logits = [Float](repeating: -.infinity, count: row.count)
        }
        logits.withUnsafeMutableBufferPointer { copy in
            row.withUnsafeBufferPointer { row in
                guard let allowed else {
                    _ = copy.update(from: row)
                    return
                }
                copy.update(repeating: -.infinity)
                for (index, word) in allowed.words.enumerated() {
                    // Grammars allow nearly everything or nearly nothing: whole words, or from set bit to set bit.
                    let start = index * 64
                    if word == .max {
                        for token in start..<start + 64 {
                            copy[token] = row[token]
                        }
                        continue
                    }
                    var bits = word
                    while bits != 0 {
                        let token = start + bits.trailingZeroBitCount
                        copy[token] = row[token]
                        bits &= bits - 1
                    }
                }
            }
        }
    }
}

extension SamplingSettings {
    /// Whether tokens of the answer are penalised for standing there.
    var penalisesAnswer: Bool { frequencyPenalty != 0 || presencePenalty != 0 }

    /// Whether any logit may change before tokens are chosen.
    var adjustsRows: Bool { !logitBias.isEmpty || repetitionPenalty != 1 || penalisesAnswer }
}
