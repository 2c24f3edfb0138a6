import Core

extension Evidence {
    /// The categories that occur, in byte order of their names, so that they have the same numbers everywhere.
    var categoryNames: [String] {
        Set(categories.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The number of each question's category among `names`; nil where none was recorded.
    func labels(among names: [String]) -> [Int?] {
        let numbers = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        return categories.map { $0.flatMap { numbers[$0] } }
    }

    /// Scores counted by label; questions without one count towards the experts' overall means only.
    func tally(by labels: [Int?], groups: Int) -> ScoreTally {
        var tally = ScoreTally(groups: groups, experts: experts.count)
        for question in views.indices { tally.add(scores(of: question), groups: labels[question].map { [$0] } ?? []) }
        return tally
    }

    /// The evidence of some questions, in the order given.
    func part(_ questions: [Int]) -> Evidence {
        Evidence(
            experts: experts, views: questions.map { views[$0] }, categories: questions.map { categories[$0] },
            scores: questions.flatMap { scores(of: $0) }, answers: questions.flatMap { answers(to: $0) },
            gold: questions.map { gold[$0] })
    }
}
