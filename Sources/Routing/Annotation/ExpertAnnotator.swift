public import Core

/// Asks an expert several times which skills a question needs.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, released code: five passes at temperature 0.7, two to five comma-separated
/// keywords each. We differ: the wording is our own, the names of known skills are offered as examples (the authors list
/// nine fixed ones), and a pass that fails is left out as long as one succeeds. Passes that the question's budget left no
/// room for are not: what few of them say would pass for what all said.
public struct ExpertAnnotator: SkillAnnotator {
    private let expert: any Expert
    private let passes: Int
    private let temperature: Double
    private let examples: [String]
    private let time: TimeSource

    /// - Parameters:
    ///   - passes: how often the expert is asked about one question, 1 or more (the paper: 5).
    ///   - examples: names shown to the expert as examples of keywords.
    public init(
        expert: any Expert, passes: Int = 5, temperature: Double = 0.7, examples: [String], time: TimeSource
    ) {
        self.expert = expert
        self.passes = max(1, passes)
        self.temperature = temperature
        self.examples = examples
        self.time = time
    }

    /// The expert and every setting that changes what it would say.
    public var name: String {
        var print = Fingerprint(of: expert.card.model)
        for example in examples { print.add(example) }
        return "\(expert.card.id)/\(passes)x\(temperature)/\(print.hex.prefix(8))"
    }

    public func annotate(_ question: Question) async throws -> Annotation {
        let outcomes = try await withThrowingTaskGroup(of: (Int, Result<Answer, Fault>).self) { group in
            for pass in 0..<passes {
                group.addTask { (pass, try await self.ask(about: question, pass: pass)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        for case .failure(let fault) in outcomes where fault.code == .overBudget { throw fault }
        let replies = outcomes.compactMap { try? $0.get() }
        if replies.isEmpty, case .failure(let fault)? = outcomes.first { throw fault }

        var counts: [(text: String, count: Int)] = []
        for keyword in replies.flatMap({ KeywordReply.keywords(in: $0.text) }) {
            if let index = counts.firstIndex(where: { $0.text == keyword }) {
                counts[index].count += 1
            } else {
                counts.append((keyword, 1))
            }
        }
        let usage = replies.reduce(Usage()) { $0 + $1.usage }
        return Annotation(
            keywords: counts.map { .init(text: $0.text, score: Double($0.count) / Double(passes), count: $0.count) },
            passes: passes, usage: usage, dollars: expert.card.price.dollars(for: usage), calls: passes)
    }

    private func ask(about question: Question, pass: Int) async throws -> Result<Answer, Fault> {
        do {
            return .success(try await expert.answer(prompt(for: question, pass: pass), time: time))
        } catch let fault as Fault {
            return .failure(fault)
        }
    }

    private func prompt(for question: Question, pass: Int) -> Question {
        let text = """
            Question:
            \(question.text)

            Which core knowledge, subjects or skills are needed to answer this question? Name 2 to 5 keywords, \
            separated by commas, such as: \(examples.joined(separator: ", ")).
            Do not answer the question. Give the keywords only, on one line that starts with "\(KeywordReply.mark)".
            """
        let sampling = Sampling(temperature: temperature, maximumTokens: 64, seed: pass)
        return Question(messages: [Message(.user, text)], sampling: sampling)
    }
}
