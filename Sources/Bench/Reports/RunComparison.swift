import Core
import Foundation

/// Two runs on the same questions, question by question: what changed, and whether chance explains it.
///
/// Source: McNemar, 1947, with exact binomial probabilities: only questions that one run has right and the other wrong
/// say anything; under chance each is as likely to fall to either side. The interval is `PairedBootstrap`'s.
public struct RunComparison: Sendable, Codable {
    public var first: String
    public var second: String
    /// Questions that both graded.
    public var questions: Int
    public var bothRight: Int
    public var onlyFirst: Int
    public var onlySecond: Int
    public var neither: Int
    /// Second minus first, of all questions.
    public var difference: Double
    /// The 95 % interval of the difference.
    public var interval: Interval?
    /// How likely chance alone makes a difference at least as large, two-sided.
    public var chance: Double
    /// In one sentence.
    public var verdict: String
    /// Questions on which they differ, the first twenty.
    public var examples: [Example]

    /// A question that one has right and the other wrong.
    public struct Example: Sendable, Codable, Hashable {
        public var question: String
        /// The id of the run that is right.
        public var right: String
        public var first: String
        public var second: String
    }

    /// - Throws: a `Fault` if they are not about the same questions.
    public init(_ first: RunRecord, _ second: RunRecord) throws {
        try Self.checkComparable(first, second)
        let shared = first.grades.keys.filter { second.grades[$0] != nil }.sorted()
        let pairs = shared.compactMap { id in first.grades[id].flatMap { a in second.grades[id].map { (id, a, $0) } } }
        (self.first, self.second, questions) = (first.run.id, second.run.id, pairs.count)
        bothRight = pairs.count { $0.1.isFlexiblyRight && $0.2.isFlexiblyRight }
        onlyFirst = pairs.count { $0.1.isFlexiblyRight && !$0.2.isFlexiblyRight }
        onlySecond = pairs.count { !$0.1.isFlexiblyRight && $0.2.isFlexiblyRight }
        neither = pairs.count - bothRight - onlyFirst - onlySecond
        difference = pairs.isEmpty ? 0 : Double(onlySecond - onlyFirst) / Double(pairs.count)
        interval = PairedBootstrap().interval(
            ofDifference: pairs.map { $0.2.isFlexiblyRight ? 1 : 0 }, from: pairs.map { $0.1.isFlexiblyRight ? 1 : 0 })
        chance = Self.chance(onlyFirst, onlySecond)
        examples = pairs.filter { $0.1.isFlexiblyRight != $0.2.isFlexiblyRight }.prefix(20).map { id, a, b in
            Example(
                question: id, right: a.isFlexiblyRight ? first.run.id : second.run.id, first: Self.shown(a),
                second: Self.shown(b))
        }
        verdict = ""
        verdict = sentence(first.run.strategy, second.run.strategy)
    }

    private static func checkComparable(_ first: RunRecord, _ second: RunRecord) throws {
        guard first.run.suite == second.run.suite, first.run.data == second.run.data else {
            throw Fault(
                .invalidRequest, "runs \(first.run.id) and \(second.run.id)",
                "are about different questions, so that nothing can be paired",
                expected: "One is about \(first.run.questionCount) of \(first.run.suite), the other about "
                    + "\(second.run.questionCount) of \(second.run.suite)",
                hint: "Compare runs with the same suite, --split and --limit")
        }
    }

    private static func shown(_ grade: RunGrade) -> String {
        switch grade.column {
        case .right, .wrong: grade.flexible ?? grade.strict ?? grade.remark ?? "no answer found"
        case .cut: "cut: " + (grade.flexible ?? "no answer found")
        case .empty, .refused, .failed: grade.column.rawValue
        }
    }

    /// 2 · P(X ≤ min), X binomial with n = a + b and one half; at most 1.
    static func chance(_ a: Int, _ b: Int) -> Double {
        let n = a + b
        guard n > 0 else { return 1 }
        var sum = 0.0
        for k in 0...min(a, b) {
            sum += exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2))
        }
        return min(1, 2 * sum)
    }

    private func sentence(_ first: String, _ second: String) -> String {
        guard questions > 0 else { return "No question is graded in both." }
        let size = Numerals.decimals(abs(100 * difference), 1)
        let odds = Numerals.decimals(chance, chance < 0.01 ? 4 : 2)
        if onlyFirst + onlySecond == 0 { return "They are right and wrong on the same questions." }
        let better = difference >= 0 ? second : first
        let lead = "\(better) has \(size) points more (p = \(odds))"
        if chance < 0.05 { return lead + ": more than chance explains." }
        return lead + ": chance explains that; \(questions) questions are too few to tell."
    }
}
