import Gating

/// How unsure a guess of the category may be before the question goes to the generalist.
///
///     H(p) = −Σ p ln p,   general if H(p) / ln C > t
///
/// Source: the robust variant of Composition of Experts, arXiv:2412.01868; measure and rule are our reconstruction. t is
/// swept over held-out questions, and the one with the lowest loss is taken; of equals the largest, which sends the fewest
/// away. Where it saves no more than its standard error, √Σ (saving of a question)², the saving may well be chance, and
/// nobody is sent away.
public struct UncertaintyThreshold: Sendable, Hashable {
    /// t; 1 sends nobody to the generalist.
    public let most: Double

    public init(most: Double) { self.most = most }

    /// Nobody goes to the generalist, however unsure the guess.
    public static let never = UncertaintyThreshold(most: 1)

    /// Whether a guess is too unsure to follow.
    public func isExceeded(by probabilities: [Float]) -> Bool { Self.uncertainty(of: probabilities) > most }

    /// H(p) / ln C: 0 for a certain guess, 1 where every category is as likely; 0 if there is but one.
    public static func uncertainty(of probabilities: [Float]) -> Double {
        guard probabilities.count > 1 else { return 0 }
        let entropy = probabilities.reduce(0.0) { sum, share in
            share > 0 ? sum - Double(share) * naturalLogarithm(Double(share)) : sum
        }
        return min(1, max(0, entropy / naturalLogarithm(Double(probabilities.count))))
    }

    /// The threshold with the lowest total loss on held-out questions, if what it saves is not chance.
    ///
    /// - Parameters:
    ///   - uncertainties: of each question's guess.
    ///   - guessed: what each question loses with the expert of its guessed category.
    ///   - general: what it loses with the generalist.
    public init(sweeping uncertainties: [Double], guessed: [Double], general: [Double]) {
        precondition(uncertainties.count == guessed.count && guessed.count == general.count, "one loss a question")
        let order = uncertainties.indices.sorted {
            (uncertainties[$0], $1) > (uncertainties[$1], $0)
        }
        var best = (saved: 0.0, squares: 0.0, most: 1.0)
        var (saved, squares) = (0.0, 0.0)
        for (place, question) in order.enumerated() {
            let saving = guessed[question] - general[question]
            saved += saving
            squares += saving * saving
            let next = place + 1 < order.count ? uncertainties[order[place + 1]] : 0
            // Only between different uncertainties can a line be drawn: at the next lower one, which stays below it.
            if next < uncertainties[question], saved > best.saved + 1e-9 { best = (saved, squares, next) }
        }
        most = best.saved > best.squares.squareRoot() ? best.most : Self.never.most
    }

    /// How well uncertainty tells questions outside every category from those inside: the chance that a random one outside
    /// is the more uncertain, ties counting half (the area under the ROC curve). Nil if either kind is missing.
    public static func separation(inside: [Double], outside: [Double]) -> Double? {
        guard !inside.isEmpty, !outside.isEmpty else { return nil }
        let inside = inside.sorted()
        let wins = outside.reduce(0.0) { sum, value in
            let below = inside.partitionPoint { $0 < value }
            let notAbove = inside.partitionPoint { $0 <= value }
            return sum + Double(below) + Double(notAbove - below) / 2
        }
        return wins / (Double(inside.count) * Double(outside.count))
    }
}

extension [Double] {
    /// How many of the sorted numbers lie before a line, by halving.
    fileprivate func partitionPoint(where isBefore: (Double) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
