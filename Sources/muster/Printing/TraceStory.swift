import Core

/// One trace as a story for the terminal: what it is, the reasons, and every call with its times.
struct TraceStory {
    let trace: Trace

    var lines: [String] {
        var lines = [
            "trace       \(trace.id)", "at          \(trace.at.asMoment) UTC",
            "asked       \(trace.route)" + (trace.text.map { "   " + $0.onOneLine(upTo: 80) } ?? ""),
        ]
        if let request = trace.requestID { lines.append("request     \(request)") }
        if let parent = trace.parent { lines.append("called from \(parent.header)") }
        lines += ExplainText(trace: trace).lines
        lines.append(
            "ended       \(trace.outcome.rawValue)   \(trace.seconds.asShortTime), of these "
                + "\(trace.decisionSeconds.asShortTime) deciding")
        if !trace.attempts.isEmpty { lines += [""] + calls }
        return lines
    }

    private var calls: [String] {
        var table = TextTable(
            ["call", "as", "why", "outcome", "from", "first text", "time", "in", "out", "$"],
            sides: [.left, .left, .left, .left, .right, .right, .right, .right, .right, .right])
        for attempt in trace.attempts {
            table.add([
                attempt.expert.rawValue, attempt.role.rawValue, attempt.reason?.rawValue ?? "–",
                attempt.fault?.code.rawValue ?? attempt.finish?.rawValue ?? attempt.outcome?.rawValue ?? "–",
                attempt.startSeconds.map(\.asShortTime) ?? "–",
                attempt.firstTextSeconds.map(\.asShortTime) ?? "–", attempt.seconds.asShortTime,
                String(attempt.usage.promptTokens), String(attempt.usage.completionTokens),
                attempt.dollars.decimals(6),
            ])
        }
        return table.lines
    }
}
