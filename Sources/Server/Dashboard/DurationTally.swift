/// How long things took, counted between bounds: enough for quantiles, small enough to keep hundreds of them.
struct DurationTally: Sendable {
    /// Upper bounds in seconds; what takes longer falls behind the last.
    private static let bounds = Metric.durations

    /// Empty until something is counted.
    private var counts: [UInt32] = []
    private(set) var count = 0

    mutating func add(_ seconds: Double) {
        guard seconds.isFinite, seconds >= 0 else { return }
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.bounds.count + 1) }
        counts[Self.place(of: seconds)] += 1
        count += 1
    }

    mutating func add(_ other: DurationTally) {
        guard other.count > 0 else { return }
        guard count > 0 else { return self = other }
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
    }

    /// The time within which this share of all was done, as if those between two bounds were spread evenly; nil of
    /// nothing.
    func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let wanted = share * Double(count)
        var before = 0.0
        for (index, here) in counts.enumerated() where here > 0 {
            if before + Double(here) >= wanted {
                let low = index == 0 ? 0 : Self.bounds[index - 1]
                guard index < Self.bounds.count else { return low }
                return low + (Self.bounds[index] - low) * (wanted - before) / Double(here)
            }
            before += Double(here)
        }
        return Self.bounds.last
    }

    private static func place(of seconds: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
