import Core

/// The story of one question in a few lines: what it needed, who suited it, who was asked, what they said, what came out.
struct ExplainText {
    let trace: Trace

    /// One line for each step that happened; labels in a column.
    var lines: [String] {
        var lines = [
            line("needs", needs), line("suitable", suitable), line("recruited", recruited),
        ]
        if !trace.attempts.isEmpty { lines.append(line("answered", answered)) }
        var failures: [String] = []
        for attempt in trace.attempts {
            guard let fault = attempt.fault else { continue }
            let text = line("failed", "\(attempt.expert): \(fault.sentence)")
            // Who holds several seats may fail the same way in each.
            if !failures.contains(text) { failures.append(text) }
        }
        lines += failures
        if let verdict = trace.verdict { lines.append(line("aggregated", aggregated(verdict))) }
        lines += trace.recruitment.excluded.map { line("set aside", "\($0.expert): \($0.because)") }
        lines += trace.notes.map { line("note", $0) }
        return lines
    }

    private func line(_ label: String, _ text: String) -> String {
        label + String(repeating: " ", count: max(1, 12 - label.count)) + text
    }

    private var needs: String {
        guard !trace.need.mentions.isEmpty else { return "no known skill (\(trace.need.annotator))" }
        let named = trace.need.mentions.map { mention in
            guard let skill = mention.skill else { return "\(mention.keyword) (unknown)" }
            let isSame = mention.similarity >= 1
            return isSame ? skill.rawValue : "\(mention.keyword) ≈ \(skill) \(mention.similarity.decimals(2))"
        }
        return named.joined(separator: ", ") + "   (\(trace.need.annotator))"
    }

    private var suitable: String {
        let rated = trace.recruitment.suitabilities
        guard !rated.isEmpty else { return trace.recruitment.reason }
        return rated.prefix(6).map { "\($0.expert) \(($0.probability * 100).decimals(0)) %" }.joined(separator: "   ")
            + (rated.count > 6 ? "   … \(rated.count - 6) more" : "")
    }

    private var recruited: String {
        let seats = trace.recruitment.seats
        let count = seats.count == 1 ? "1 seat" : "\(seats.count) seats"
        return seats.map(\.expert.rawValue).joined(separator: ", ")
            + "   (\(count), seed \(trace.recruitment.seed); \(trace.recruitment.reason))"
    }

    private var answered: String {
        // Whom the vote did not wait for has said nothing; traces of earlier versions know no outcomes.
        let answers = trace.attempts.filter { ($0.outcome ?? .answered) == .answered }
        let said = answers.filter { $0.fault == nil && $0.role != .synthesis }.map { attempt in
            (attempt.answer.map { $0.onOneLine(upTo: 40) } ?? "(no answer found)")
                + (attempt.finish == .length ? " (cut)" : "")
        }
        return (said.isEmpty ? "nobody" : said.joined(separator: ", "))
            + "   \(trace.seconds.decimals(1)) s, $\(trace.dollars.decimals(6)), \(trace.usage.totalTokens) tokens"
    }

    private func aggregated(_ verdict: Verdict) -> String {
        var text = verdict.method
        if let winner = verdict.ballots.first, verdict.method == "vote" {
            text += " → \(winner.answer.isEmpty ? "(no answer found)" : winner.answer.onOneLine(upTo: 60))"
            text += "   \((verdict.agreement * 100).decimals(0)) % agree"
        }
        if let expert = verdict.expert { text += verdict.method == "vote" ? ", in \(expert)'s words" : " by \(expert)" }
        if !verdict.note.isEmpty { text += "; \(verdict.note)" }
        return text
    }
}
