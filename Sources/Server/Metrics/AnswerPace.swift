import Core

/// When an answer's text began and how fast it came, as far as its trace tells.
struct AnswerPace {
    /// Seconds from the question to the first piece of the answer.
    var firstText: Double
    /// Seconds for each token after the first; nil for an answer that came in one piece.
    var secondsPerToken: Double?

    /// Nil if there was no answer.
    init?(of trace: Trace) {
        guard [.complete, .truncated, .failedOver].contains(trace.outcome) else { return nil }
        // A vote is told when it is over; of what was passed on as it came, the last call that answered is the answer.
        let last = trace.attempts.last { $0.finish != nil && $0.fault == nil && $0.role != .annotation }
        guard trace.verdict?.method != "vote", let last, let first = last.firstTextSeconds else {
            firstText = trace.seconds
            return
        }
        firstText = (last.startSeconds ?? max(0, trace.seconds - last.seconds)) + first
        let tokens = last.usage.completionTokens
        if tokens > 1, last.seconds > first { secondsPerToken = (last.seconds - first) / Double(tokens - 1) }
    }
}
