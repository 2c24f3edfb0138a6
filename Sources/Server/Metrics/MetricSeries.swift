import Synchronization

/// The running value of one metric for one combination of labels.
final class MetricSeries: Sendable {
    private let bounds: [Double]
    private let state: Mutex<MetricFamily.Value>

    init(_ kind: Metric.Kind) {
        switch kind {
        case .counter, .gauge:
            bounds = []
            state = Mutex(.number(0))
        case .histogram(let bounds):
            self.bounds = bounds
            state = Mutex(.histogram(counts: Array(repeating: 0, count: bounds.count + 1), sum: 0))
        }
    }

    var value: MetricFamily.Value { state.withLock { $0 } }

    /// A value that is no number would spoil every sum after it, so it is left out.
    func add(_ amount: Double) {
        guard amount.isFinite else { return }
        state.withLock { if case .number(let before) = $0 { $0 = .number(before + amount) } }
    }

    func set(_ value: Double) {
        state.withLock { if case .number = $0 { $0 = .number(value) } }
    }

    func observe(_ value: Double) {
        guard value.isFinite else { return }
        let place = place(of: value)
        state.withLock { state in
            guard case .histogram(var counts, let sum) = state else { return }
            state = .number(0)  // so that `counts` is held once and changed in place
            counts[place] += 1
            state = .histogram(counts: counts, sum: sum + value)
        }
    }

    func reset() {
        state.withLock { state in
            switch state {
            case .number: state = .number(0)
            case .histogram(let counts, _): state = .histogram(counts: counts.map { _ in 0 }, sum: 0)
            }
        }
    }

    /// The first bound that is not below the value, as `le` means it.
    private func place(of value: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
