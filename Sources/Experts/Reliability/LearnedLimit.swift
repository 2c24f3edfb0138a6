package import Core

/// How many calls at a time an expert is given, learned from what its server says.
///
/// Additive increase, multiplicative decrease (Chiu and Jain 1989, as in TCP): halved when the server says it has too much
/// (status 429), one more after as many good answers as there are places. Never more than the settings allow, never
/// none. Calls that were under way when it was halved say nothing new.
package struct LearnedLimit: Sendable, Hashable {
    /// What the settings allow.
    package let most: Int
    /// How many there are now.
    package private(set) var places: Int
    private var good = 0
    private var cut: TimeSource.Instant?

    package init(most: Int) {
        self.most = max(1, most)
        places = self.most
    }

    /// A call was answered.
    package mutating func answered() {
        guard places < most else { return }
        good += 1
        guard good >= places else { return }
        good = 0
        places += 1
    }

    /// The server said it has too much.
    ///
    /// - Parameter began: when that call was sent.
    package mutating func turnedAway(callBegan began: TimeSource.Instant, at now: TimeSource.Instant) {
        if let cut, began.offset <= cut.offset { return }
        cut = now
        good = 0
        places = max(1, places / 2)
    }
}
