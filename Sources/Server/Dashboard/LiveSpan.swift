import Core

/// What happened to questions within a span of time.
struct QuestionSpan: Sendable {
    /// Requests that ask experts, and those of them that failed.
    var requests = 0
    var errors = 0
    /// Questions that came to an end, lines of batches among them.
    var questions = 0
    var dollars = 0.0
    /// Read and written together.
    var tokens = 0
    var seconds = DurationTally()
    /// From the question to the first piece of its answer.
    var firstText = DurationTally()

    mutating func count(_ trace: Trace) {
        questions += 1
        dollars += trace.dollars
        tokens += trace.usage.totalTokens
        seconds.add(trace.seconds)
        if let pace = AnswerPace(of: trace) { firstText.add(pace.firstText) }
    }

    static func + (left: QuestionSpan, right: QuestionSpan) -> QuestionSpan {
        var sum = left
        sum.requests += right.requests
        sum.errors += right.errors
        sum.questions += right.questions
        sum.dollars += right.dollars
        sum.tokens += right.tokens
        sum.seconds.add(right.seconds)
        sum.firstText.add(right.firstText)
        return sum
    }
}

/// What one expert did within a span of time.
struct ExpertSpan: Sendable {
    var calls = 0
    var failures = 0
    var dollars = 0.0
    /// A share of its time that an answer takes at least to be written, if it comes piece by piece.
    private static let leastWriting = 0.05

    /// Tokens written, and the time that writing took: from the first text where that is known.
    var tokens = 0
    var writingSeconds = 0.0
    var seconds = DurationTally()
    var firstText = DurationTally()

    mutating func count(_ attempt: Attempt) {
        calls += 1
        if attempt.fault != nil { failures += 1 }
        dollars += attempt.dollars
        guard attempt.finish != nil else { return }
        seconds.add(attempt.seconds)
        if let first = attempt.firstTextSeconds { firstText.add(first) }
        // Of an answer that came in one piece, reading, thinking and writing cannot be told apart.
        let sinceFirst = attempt.seconds - (attempt.firstTextSeconds ?? 0)
        let writing = sinceFirst > attempt.seconds * Self.leastWriting ? sinceFirst : attempt.seconds
        guard attempt.usage.completionTokens > 0, writing > 0 else { return }
        tokens += attempt.usage.completionTokens
        writingSeconds += writing
    }

    static func + (left: ExpertSpan, right: ExpertSpan) -> ExpertSpan {
        var sum = left
        sum.calls += right.calls
        sum.failures += right.failures
        sum.dollars += right.dollars
        sum.tokens += right.tokens
        sum.writingSeconds += right.writingSeconds
        sum.seconds.add(right.seconds)
        sum.firstText.add(right.firstText)
        return sum
    }
}
