import Core
import Foundation

/// One line of a file of recorded outcomes: a question, and what each expert made of it.
struct OutcomeLine {
    /// What an expert made of a question.
    struct Outcome {
        var expert: String
        /// 0...1.
        var score: Float
        var answer: String?
        /// Dollars of the call; nil if not recorded.
        var dollars: Float?
        /// How sure the expert said it is, 0...1.
        var confidence: Float?
    }

    /// Why a line cannot be used, as a sentence.
    struct Refusal: Error { var reason: String }

    private static let mostOutcomes = 10_000
    private static let mostOptions = 26

    var id: String
    var category: String?
    var question: String
    var choices: [String]
    var gold: String?
    var split: String?
    /// What somebody named as the skills of the question.
    var keywords: [String]
    /// In name order.
    var outcomes: [Outcome]

    init(_ bytes: Data, number: Int) throws(Refusal) {
        guard let object = (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any] else {
            throw Refusal(reason: "is not a JSON object")
        }
        func text(_ name: String) -> String? { object[name] as? String ?? (object[name] as? NSNumber)?.stringValue }
        guard let question = object["question"] as? String, !question.isEmpty else {
            throw Refusal(reason: "has no \"question\" that is a text")
        }
        guard let recorded = object["outcomes"] as? [String: Any], !recorded.isEmpty else {
            throw Refusal(reason: "has no \"outcomes\": {\"expert\": {\"score\": 0…1}, …}")
        }
        guard recorded.count <= Self.mostOutcomes else {
            throw Refusal(reason: "has \(recorded.count) outcomes, expected at most \(Self.mostOutcomes)")
        }
        self.question = question
        id = text("id") ?? "line-\(number)"
        category = text("category")
        gold = text("gold")
        split = text("split")
        choices = (object["choices"] as? [Any])?.prefix(Self.mostOptions).map { "\($0)" } ?? []
        keywords = (object["keywords"] as? [String]) ?? []
        outcomes = []
        for (expert, value) in recorded.sorted(by: { $0.key < $1.key }) {
            outcomes.append(try Self.outcome(of: expert, value))
        }
    }

    private static func outcome(of expert: String, _ value: Any) throws(Refusal) -> Outcome {
        let fields = value as? [String: Any] ?? ["score": value]
        guard let score = (fields["score"] as? NSNumber)?.floatValue else {
            throw Refusal(reason: "has no number as the score of \(expert)")
        }
        guard (0...1).contains(score) else {
            throw Refusal(reason: "has \(score) as the score of \(expert), expected 0 to 1")
        }
        let dollars = (fields["usd"] as? NSNumber)?.floatValue
        if let dollars, !(dollars >= 0 && dollars.isFinite) {
            throw Refusal(reason: "has \(dollars) as the usd of \(expert), expected 0 or more")
        }
        let confidence = (fields["confidence"] as? NSNumber)?.floatValue
        return Outcome(
            expert: expert, score: score,
            answer: fields["answer"] as? String ?? (fields["answer"] as? NSNumber)?.stringValue, dollars: dollars,
            confidence: confidence.map { min(max($0, 0), 1) })
    }
}
