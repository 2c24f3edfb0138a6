import Core

/// What was counted in each of the latest spans of time, all of one width; the oldest make room.
struct TimeRing<Span: Sendable>: Sendable {
    /// In seconds.
    let width: Int
    private var spans: [(number: Int, span: Span)?]
    private let empty: Span

    init(width: Int, count: Int, empty: Span) {
        self.width = width
        self.empty = empty
        spans = Array(repeating: nil, count: count)
    }

    /// Changes the span that a moment belongs to.
    mutating func change(at moment: Timestamp, _ change: (inout Span) -> Void) {
        let number = number(of: moment)
        let place = place(of: number)
        if spans[place]?.number != number { spans[place] = (number, empty) }
        guard var kept = spans[place] else { return }
        spans[place] = nil  // so that what it holds is changed in place
        change(&kept.span)
        spans[place] = kept
    }

    /// The span that a moment belongs to and those before it, `count` in all, oldest first; those in which nothing
    /// happened are left out.
    func latest(_ count: Int, at moment: Timestamp) -> [(start: Timestamp, span: Span)] {
        let last = number(of: moment)
        return (max(0, last - min(count, spans.count) + 1)...max(0, last)).compactMap { number in
            guard let kept = spans[place(of: number)], kept.number == number else { return nil }
            return (Timestamp(microseconds: Int64(number * width) * 1_000_000), kept.span)
        }
    }

    /// All that is kept, oldest first.
    func all(at moment: Timestamp) -> [(start: Timestamp, span: Span)] { latest(spans.count, at: moment) }

    private func number(of moment: Timestamp) -> Int { max(0, moment.seconds) / width }
    private func place(of number: Int) -> Int { number % spans.count }
}
