import Foundation

/// Turns values into places along one side of a chart, evenly or by powers of ten, and knows which values to write there.
struct ChartAxis {
    let low: Double
    let high: Double
    let start: Double
    let end: Double
    let isLogarithmic: Bool

    /// An even axis over the values with a little air at both ends.
    /// - Parameters:
    ///   - start: the place of the low end, in pixels.
    ///   - end: the place of the high end.
    init(even values: [Double], from start: Double, to end: Double, air: Double = 0.06, atLeast spread: Double = 0.02) {
        let least = values.min() ?? 0
        let most = values.max() ?? 1
        let margin = max((most - least) * air, (spread - (most - least)) / 2, 1e-12)
        self.init(low: least - margin, high: most + margin, from: start, to: end, isLogarithmic: false)
    }

    /// An axis of costs: by powers of ten if the dearest is more than 20 times the cheapest, else even from 0.
    init(costs: [Double], from start: Double, to end: Double) {
        let least = costs.min() ?? 0
        let most = costs.max() ?? 1
        if least > 0, most > 20 * least {
            self.init(low: least / 1.35, high: most * 1.35, from: start, to: end, isLogarithmic: true)
        } else {
            self.init(low: 0, high: most > 0 ? most * 1.08 : 1, from: start, to: end, isLogarithmic: false)
        }
    }

    init(low: Double, high: Double, from start: Double, to end: Double, isLogarithmic: Bool) {
        self.low = low
        self.high = high
        self.start = start
        self.end = end
        self.isLogarithmic = isLogarithmic
    }

    /// Where a value stands, in pixels; beyond an end, at the end.
    func place(_ value: Double) -> Double {
        let way =
            isLogarithmic
            ? (log10(max(value, low)) - log10(low)) / (log10(high) - log10(low)) : (value - low) / (high - low)
        return start + min(max(way, 0), 1) * (end - start)
    }

    /// Round values inside the axis: steps of 1, 2 or 5 times a power of ten, about `count` of them.
    func ticks(about count: Int = 6) -> [Double] {
        if isLogarithmic {
            let first = Int(log10(low).rounded(.down))
            let last = Int(log10(high).rounded(.up))
            let few = last - first > 4
            return (first...last).flatMap { power in (few ? [1.0] : [1, 2, 5]).map { $0 * pow(10, Double(power)) } }
                .filter { $0 >= low && $0 <= high }
        }
        let rough = (high - low) / Double(max(count, 1))
        let power = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5].first { $0 * power >= rough } ?? 10) * power
        guard step > 0, (high - low) / step < 100 else { return [] }
        let first = Int((low / step).rounded(.up))
        let last = Int((high / step).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }
}
