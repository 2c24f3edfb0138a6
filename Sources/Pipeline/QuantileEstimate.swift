/// Estimates one quantile of a stream of numbers in five of them, whatever its length.
///
/// Source: the P² algorithm of Jain and Chlamtac, "The P² algorithm for dynamic calculation of quantiles and
/// histograms without storing observations", 1985: five markers stand at the least, half the quantile, the quantile, half
/// way to the greatest, and the greatest; each number moves them by at most one place, along a parabola through their
/// neighbours, or along a line where that would break their order.
package struct QuantileEstimate: Sendable, Hashable {
    private let quantile: Double
    private var heights: [Double] = []
    private var places: [Double] = [1, 2, 3, 4, 5]
    /// How many numbers have come.
    package private(set) var count = 0

    /// - Parameter quantile: 0...1, without the ends.
    package init(_ quantile: Double) { self.quantile = min(max(quantile, 0.001), 0.999) }

    /// The estimate; of fewer than five numbers the exact one, nil of none.
    package var value: Double? {
        guard count >= 5 else {
            let sorted = heights.sorted()
            return sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(quantile * Double(sorted.count)))]
        }
        return heights[2]
    }

    package mutating func add(_ number: Double) {
        guard number.isFinite else { return }
        count += 1
        guard count > 5 else {
            heights.append(number)
            if count == 5 { heights.sort() }
            return
        }
        heights[0] = min(heights[0], number)
        heights[4] = max(heights[4], number)
        // The marker below the number; those above it move up one place.
        let cell = (1...4).first { number < heights[$0] }.map { $0 - 1 } ?? 3
        for index in (cell + 1)..<5 { places[index] += 1 }
        let shares = [0, quantile / 2, quantile, (1 + quantile) / 2, 1]
        for index in 1...3 {
            let wanted = 1 + Double(count - 1) * shares[index]
            let off = wanted - places[index]
            if off >= 1, places[index + 1] - places[index] > 1 {
                move(index, by: 1)
            } else if off <= -1, places[index - 1] - places[index] < -1 {
                move(index, by: -1)
            }
        }
    }

    private mutating func move(_ index: Int, by step: Double) {
        let (below, here, above) = (places[index - 1], places[index], places[index + 1])
        let (low, mid, high) = (heights[index - 1], heights[index], heights[index + 1])
        let curved =
            mid + step / (above - below)
            * ((here - below + step) * (high - mid) / (above - here)
                + (above - here - step) * (mid - low) / (here - below))
        if low < curved, curved < high {
            heights[index] = curved
        } else {
            let other = index + Int(step)
            heights[index] = mid + step * (heights[other] - mid) / (places[other] - here)
        }
        places[index] += step
    }
}
