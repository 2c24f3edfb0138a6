import Core
package import Routing

/// The questions and experts of one replay: those of the table that take part, with rows of numbers on demand.
package struct Population: Sendable {
    let recorded: RecordedOutcomes
    /// Their places in the table's list.
    let chosen: [Int]
    /// The questions that at least one of them answered.
    package let questions: [Int]
    /// What is known of them.
    package let experts: [Evidence.Expert]
    /// Column of each expert of the table; −1 for those that do not take part.
    private let column: [Int]

    package init(_ recorded: RecordedOutcomes, choice: ExpertChoice) throws {
        let table = recorded.table
        let chosen = try choice.places(in: table.experts)
        var column = [Int](repeating: -1, count: table.experts.count)
        for (index, place) in chosen.enumerated() { column[place] = index }
        questions = table.questions.indices.filter { index in
            table.outcomes(of: index).contains { column[Int($0.expert)] >= 0 }
        }
        var dollars = [Double](repeating: 0, count: chosen.count)
        var priced = dollars
        for outcome in table.outcomes where column[Int(outcome.expert)] >= 0 && !outcome.dollars.isNaN {
            dollars[column[Int(outcome.expert)]] += Double(outcome.dollars)
            priced[column[Int(outcome.expert)]] += 1
        }
        experts = chosen.enumerated().map { index, place in
            Evidence.Expert(
                id: ExpertID(table.experts[place]),
                activeParameters: ActiveParameters.billions(of: table.experts[place]),
                dollars: priced[index] > 0 ? dollars[index] / priced[index] : nil)
        }
        self.recorded = recorded
        self.chosen = chosen
        self.column = column
    }

    /// What a router may see of a question.
    package func view(of question: Int, withCategory: Bool) -> QuestionView {
        let kept = recorded.table.questions[question]
        var isOpen = [Bool](repeating: false, count: experts.count)
        forEachOutcome(of: question) { expert, _ in isOpen[expert] = true }
        return QuestionView(
            vector: recorded.vectors.vector(question), measures: recorded.table.measures(of: question),
            optionCount: Int(kept.optionCount), skills: recorded.table.skills(of: question),
            category: withCategory ? category(of: question) : nil,
            isOpen: isOpen.contains(false) ? isOpen : [])
    }

    func category(of question: Int) -> String? {
        let place = Int(recorded.table.questions[question].category)
        return place < 0 ? nil : recorded.table.categories[place]
    }

    /// The score of every expert, `[experts]`; NaN where it was not asked.
    package func scores(of question: Int) -> [Float] {
        var row = [Float](repeating: .nan, count: experts.count)
        forEachOutcome(of: question) { row[$0] = $1.score }
        return row
    }

    /// The answer of every expert, `[experts]`; −1 where none was recorded.
    func answers(to question: Int) -> [Int32] {
        var row = [Int32](repeating: -1, count: experts.count)
        forEachOutcome(of: question) { row[$0] = $1.answer }
        return row
    }

    /// The outcome of one expert; nil if it was not asked.
    func outcome(of expert: Int, on question: Int) -> OutcomeTable.Outcome? {
        recorded.table.outcomes(of: question).first { Int($0.expert) == chosen[expert] }
    }

    /// What a strategy learns from: these questions, as they were recorded.
    func evidence(_ questions: [Int], withCategory: Bool) -> Evidence {
        var scores: [Float] = []
        var answers: [Int32] = []
        scores.reserveCapacity(questions.count * experts.count)
        answers.reserveCapacity(questions.count * experts.count)
        for question in questions {
            scores += self.scores(of: question)
            answers += self.answers(to: question)
        }
        return Evidence(
            experts: experts, views: questions.map { view(of: $0, withCategory: withCategory) },
            categories: questions.map(category), scores: scores, answers: answers,
            gold: questions.map { recorded.table.questions[$0].gold })
    }

    private func forEachOutcome(of question: Int, _ body: (Int, OutcomeTable.Outcome) -> Void) {
        for outcome in recorded.table.outcomes(of: question) {
            let index = column[Int(outcome.expert)]
            if index >= 0 { body(index, outcome) }
        }
    }
}
