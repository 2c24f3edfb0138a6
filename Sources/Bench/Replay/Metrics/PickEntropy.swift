import Foundation

/// How evenly a router spreads its seats: the entropy of its picks in bits, E_p = −Σ p log₂ p over experts.
///
/// 0 if one expert takes every seat, log₂ m if m experts share them evenly. Source: RouterEval, arXiv:2503.10657.
package enum PickEntropy {
    /// - Parameter picks: how many seats each expert took. No picks at all have no entropy.
    package static func bits(of picks: [Int]) -> Double {
        let all = Double(picks.reduce(0, +))
        guard all > 0 else { return 0 }
        return picks.filter { $0 > 0 }.reduce(0.0) { sum, count in
            let share = Double(count) / all
            return sum - share * log2(share)
        }
    }
}
