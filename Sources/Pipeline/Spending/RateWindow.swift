package import Core

/// Counts what was asked for within the last minute: no sixty seconds of the clock in a row hold more than the limit.
///
/// A second is the grain, so that a place is free again after 59 to 60 seconds: OpenAI's libraries obey a wait of up to 60
/// and none above.
package struct RateWindow: Sendable {
    private static let seconds = 60

    package let limit: Int
    /// By second, modulo their number.
    private var counts = [Int](repeating: 0, count: seconds)
    private var newest = 0
    private var sum = 0

    package init(limit: Int) { self.limit = limit }

    /// How much still fits now.
    package mutating func remaining(at now: TimeSource.Instant) -> Int {
        advance(to: now)
        return max(0, limit - sum)
    }

    /// Takes so much; if it does not fit, takes nothing and says how long it will not. More than the limit fits into an
    /// empty window: else it would never fit.
    package mutating func take(_ count: Int, at now: TimeSource.Instant) -> Duration? {
        advance(to: now)
        let count = min(count, limit)
        let over = sum + count - limit
        guard over > 0 else {
            add(count, second: newest)
            return nil
        }
        var freed = 0
        for second in newest - Self.seconds + 1...newest {
            freed += max(0, counts[Self.place(second)])
            if freed >= over { return wait(for: second, from: now) }
        }
        return wait(for: newest, from: now)
    }

    /// Puts a real number in place of what was taken; forgotten if that second is past already.
    package mutating func correct(
        _ taken: Int, to real: Int, takenAt moment: TimeSource.Instant, now: TimeSource.Instant
    ) {
        advance(to: now)
        let second = Self.second(of: moment)
        guard second > newest - Self.seconds else { return }
        add(real - min(taken, limit), second: second)
    }

    /// How long until nothing counts any more.
    package mutating func reset(at now: TimeSource.Instant) -> Duration {
        advance(to: now)
        for second in (newest - Self.seconds + 1...newest).reversed() where counts[Self.place(second)] > 0 {
            return wait(for: second, from: now)
        }
        return .zero
    }

    private mutating func add(_ count: Int, second: Int) {
        counts[Self.place(second)] += count
        sum += count
    }

    private mutating func advance(to now: TimeSource.Instant) {
        let second = Self.second(of: now)
        guard second > newest else { return }
        for passed in (newest + 1...second).suffix(Self.seconds) {
            sum -= counts[Self.place(passed)]
            counts[Self.place(passed)] = 0
        }
        newest = second
    }

    private func wait(for second: Int, from now: TimeSource.Instant) -> Duration {
        max(.zero, .seconds(second + Self.seconds) - now.offset)
    }

    private static func second(of moment: TimeSource.Instant) -> Int { Int(moment.offset.components.seconds) }

    private static func place(_ second: Int) -> Int { (second % seconds + seconds) % seconds }
}
