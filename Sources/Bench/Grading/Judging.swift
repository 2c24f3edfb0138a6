import Aggregation
import Core

/// What a judge is asked about an answer, and what its words mean.
///
/// Sources: MT-Bench and its judge (arXiv:2306.05685): marks from 1 to 10, and pairs shown in both orders, where a win
/// counts only if it holds in both; Arena-Hard (arXiv:2406.11939): pairs against the answers of one other system;
/// Skill-Mix (arXiv:2310.17567): one point for each skill shown. The wording is ours.
struct Judging: Sendable {
    let kind: MetricSpec.Kind

    /// What came of it.
    struct Finding: Sendable, Hashable {
        /// 0...1
        var score: Double
        var remark: String
    }

    /// The prompts for one answer, in the order of their seats.
    ///
    /// - Parameter other: the answer it is compared with; for pairs only.
    func prompts(_ question: GradedQuestion, answer: String, other: String?) -> [String] {
        let asked = question.extras?.prompt ?? question.question
        switch kind {
        case .mark: return [Self.mark(asked, answer)]
        case .pair:
            let other = other ?? ""
            return [Self.pair(asked, answer, other), Self.pair(asked, other, answer)]
        case .skills: return [Self.skills(question, answer)]
        case .exact, .meaning, .tests: return []
        }
    }

    /// - Parameter said: what the judge answered to each prompt; nil where it did not.
    /// - Returns: nil if the judge said nothing that can be read.
    func finding(_ question: GradedQuestion, said: [String?]) -> Finding? {
        let texts = said.map { $0?.afterThinking }
        switch kind {
        case .mark:
            guard let mark = texts.first.flatMap({ $0 }).flatMap(Self.bracketed).flatMap(Double.init),
                (1...10).contains(mark)
            else { return nil }
            return Finding(score: mark / 10, remark: "mark \(mark)")
        case .pair:
            guard texts.count == 2, let first = texts[0].flatMap(Self.winner),
                let second = texts[1].flatMap(Self.winner)
            else { return nil }
            // In the second order the answer stood second.
            let wins = [first, -second]
            if wins.allSatisfy({ $0 > 0 }) { return Finding(score: 1, remark: "wins in both orders") }
            if wins.allSatisfy({ $0 < 0 }) { return Finding(score: 0, remark: "loses in both orders") }
            return Finding(score: 0.5, remark: first == -second ? "tie" : "the order decides: counted as a tie")
        case .skills:
            let wanted = question.extras?.skills ?? []
            guard let text = texts.first.flatMap({ $0 }), !wanted.isEmpty else { return nil }
            let points = wanted.map { Self.point($0, in: text) }
            guard points.contains(where: { $0 != nil }) else { return nil }
            let shown = zip(wanted, points).filter { $1 == true }.map(\.0)
            return Finding(
                score: Double(shown.count) / Double(wanted.count),
                remark: "shows \(shown.isEmpty ? "none" : shown.joined(separator: ", ")) of "
                    + wanted.joined(separator: ", "))
        case .exact, .meaning, .tests: return nil
        }
    }

    private static func mark(_ question: String, _ answer: String) -> String {
        """
        Judge how good an assistant's answer is: is it correct, does it help, is it to the point, is it complete? Do not \
        let its length impress you. Say in a few sentences what speaks for and against it. Then give a whole number from \
        1 (useless) to 10 (could not be better) in double brackets on the last line, such as [[5]].

        [Question]
        \(question)

        [Answer]
        \(answer)
        """
    }

    private static func pair(_ question: String, _ first: String, _ second: String) -> String {
        """
        Two assistants answered the same question. Judge whose answer is better: correct, helpful, to the point, complete. \
        Neither the order in which they stand nor their length should matter. Say in a few sentences why. Then write on \
        the last line [[A]] if the first is better, [[B]] if the second is, [[C]] if neither is.

        [Question]
        \(question)

        [Answer A]
        \(first)

        [Answer B]
        \(second)
        """
    }

    private static func skills(_ question: GradedQuestion, _ answer: String) -> String {
        """
        A writer was given this task:

        \(question.extras?.prompt ?? question.question)

        This is the text:

        \(answer)

        For each skill, judge whether the text truly uses it, not merely names it, and stays on its topic. Write one line \
        for each, with nothing else on it: the skill's name as below, a colon, and 1 if the text uses it or 0 if not.
        \((question.extras?.skills ?? []).joined(separator: "\n"))
        """
    }

    /// What stands in the last double brackets.
    private static func bracketed(_ text: String) -> String? {
        guard let open = text.ranges(of: "[[").last else { return nil }
        let rest = text[open.upperBound...]
        guard let close = rest.ranges(of: "]]").first else { return nil }
        return rest[..<close.lowerBound].filter { !$0.isWhitespace }
    }

    /// 1 for the first, −1 for the second, 0 for neither.
    private static func winner(_ text: String) -> Int? {
        switch bracketed(text)?.uppercased() {
        case "A": 1
        case "B": -1
        case "C", "TIE": 0
        default: nil
        }
    }

    private static func point(_ skill: String, in text: String) -> Bool? {
        for line in text.split(whereSeparator: \.isNewline).reversed() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[0].lowercased().contains(skill.lowercased()) else { continue }
            if let digit = parts[1].first(where: { $0 == "0" || $0 == "1" }) { return digit == "1" }
        }
        return nil
    }
}
