import Core

/// Which questions are learned from and which are decided on, so that no decision is graded by something that was learned.
///
/// A fold is drawn by the question's letters and digits, not by its line: the same question in two files, or twice in one,
/// is on the same side.
public enum FoldPlan: Sendable, Hashable {
    /// Each question is decided on once, learned from the other folds.
    case folds(Int)
    /// Learned from the questions of one recorded split, decided on all others.
    case split(String)

    package struct Fold: Sendable {
        /// Places in the table.
        package var learned: [Int]
        package var decided: [Int]
        /// Questions of the learned part that stand in the decided part too, and were left out of the learned part.
        package var repeated: Int
    }

    /// - Parameter most: the most questions that are learned from; more are thinned by lot.
    package func folds(of questions: [Int], in table: OutcomeTable, most: Int, seed: UInt64) throws -> [Fold] {
        var random = SeededRandom(seed: seed)
        return try parts(of: questions, in: table, seed: seed).map { part in
            let graded = Set(part.decided.map { table.questions[$0].content })
            var learned = part.learned.filter { !graded.contains(table.questions[$0].content) }
            let repeated = part.learned.count - learned.count
            if learned.count > most {
                random.shuffle(&learned)
                learned = learned.prefix(most).sorted()
            }
            guard !learned.isEmpty, !part.decided.isEmpty else {
                throw Fault(
                    .invalidSettings, "replay", "one part has no questions",
                    expected: "Questions to learn from and others to decide on; there are \(questions.count) in all",
                    hint: "Use fewer --folds, or another --train-split")
            }
            return Fold(learned: learned, decided: part.decided, repeated: repeated)
        }
    }

    private func parts(
        of questions: [Int], in table: OutcomeTable, seed: UInt64
    ) throws -> [(learned: [Int], decided: [Int])] {
        switch self {
        case .folds(let count):
            let fold = questions.map { question in
                var random = SeededRandom(seed: seed ^ table.questions[question].content)
                return random.below(count)
            }
            return (0..<count).map { number in
                var part: (learned: [Int], decided: [Int]) = ([], [])
                for (index, question) in questions.enumerated() {
                    if fold[index] == number { part.decided.append(question) } else { part.learned.append(question) }
                }
                return part
            }
        case .split(let name):
            guard let place = table.splits.firstIndex(of: name) else {
                throw Fault.unknown(
                    .invalidSettings, "split", named: name, among: table.splits,
                    hint: "--train-split names what the files call \"split\"; --folds needs none")
            }
            let isLearned = { (question: Int) in Int(table.questions[question].split) == place }
            return [(questions.filter(isLearned), questions.filter { !isLearned($0) })]
        }
    }
}
