import Bench
import Core

/// A replay that nobody ran: seeded experts of different strengths, and strategies that choose among them more or less
/// well. Large enough to look like a real one.
struct MadeUpReplay {
    var table: ScoreTable
    var records: [StrategyRecord] = []
    private var random: SeededRandom
    /// How likely each expert is right, before any luck, `[questions × experts]`.
    private var chances: [Double]

    init(questions: Int, experts: [String], categories: [String], seed: UInt64 = 1, isPriced: Bool = true) {
        var random = SeededRandom(seed: seed)
        let skill = experts.indices.map { 0.25 + 0.5 * Double($0 + 1) / Double(experts.count) }
        let bent = experts.map { _ in categories.map { _ in 0.36 * (random.unit() - 0.5) } }
        let hard = categories.map { _ in 0.4 * (random.unit() - 0.5) }
        var scores: [Float] = []
        var chances: [Double] = []
        var truths: [Int32] = []
        for _ in 0..<questions {
            let category = random.below(categories.count)
            truths.append(Int32(category))
            let luck = 0.5 * (random.unit() - 0.5)
            for expert in experts.indices {
                let chance = min(max(skill[expert] + bent[expert][category] + hard[category] + luck, 0.02), 0.98)
                chances.append(chance)
                scores.append(random.unit() < chance ? 1 : 0)
            }
        }
        table = ScoreTable(
            experts: experts, scores: scores, categories: truths, categoryNames: categories,
            dollars: experts.indices.map { isPriced ? 0.0001 * Double(($0 + 1) * ($0 + 2)) : nil },
            activeParameters: experts.indices.map { Double($0 + 1) * 2.5 })
        self.random = random
        self.chances = chances
    }

    /// Adds a strategy that knows each expert's chance up to an error of `blur`, and answers by its best seats: right if
    /// half of them are.
    mutating func add(_ strategy: String, seats: Int, blur: Double, isYardstick: Bool = false) {
        let experts = table.experts.count
        var record = StrategyRecord(
            strategy: strategy, seats: seats, aggregation: seats > 1 ? "expected log-odds" : "first",
            isYardstick: isYardstick, scores: [], calls: [], dollars: [], activeParameters: [],
            picks: [Int](repeating: 0, count: experts))
        record.changes = record.picks
        record.spent = [Double](repeating: 0, count: experts)
        for question in 0..<table.count {
            let guess = (0..<experts).map { chances[question * experts + $0] + blur * (random.unit() - 0.5) }
            let seated = Array((0..<experts).sorted { (-guess[$0], $0) < (-guess[$1], $1) }.prefix(seats))
            let right = seated.count { table.scores[question * experts + $0] > 0.5 }
            record.scores.append(2 * right > seated.count ? 1 : 0)
            record.calls.append(Float(seated.count))
            record.dollars.append(seated.reduce(0) { $0 + Float(table.dollars[$1] ?? .nan) })
            record.activeParameters.append(seated.reduce(0) { $0 + Float(table.activeParameters[$1] ?? .nan) })
            record.expectations.append(Float(min(max(guess[seated[0]], 0), 1)))
            let truth = table.categories[question]
            let miss = Int32(random.below(table.categoryNames.count))
            record.guesses.append(random.unit() < 1 - blur / 2 ? truth : miss)
            if experts == 2 { record.leans.append(Float(guess[1] - guess[0])) }
            for expert in seated {
                record.picks[expert] += 1
                record.spent[expert] += table.dollars[expert] ?? .nan
                if random.below(seated.count * 4) == 0 { record.changes[expert] += 1 }
            }
        }
        record.trainingSeconds = 2.4 * blur
        record.decisionMilliseconds = 0.21
        records.append(record)
    }

    func report(rounds: Int = 2_000) -> ReplayReport {
        var summary = ReplaySummary(table, records)
        summary.bootstrap.rounds = rounds
        summary.coverage.bar = 0.7
        return summary.report(
            files: ["made-up.jsonl.gz"], command: "muster replay made-up.jsonl.gz --folds 5 --seats 1,3,5 --html",
            folds: 5, seed: 1, embedder: "hashed-512")
    }

    /// Eight strategies with three numbers of seats each, 14 categories, 29 experts.
    static func large(questions: Int = 2_000) -> MadeUpReplay {
        let categories = [
            "biology", "business", "chemistry", "computer science", "economics", "engineering", "health", "history",
            "law", "math", "other", "philosophy", "physics", "psychology",
        ]
        let makers = ["Alder", "Birch", "Cedar-Instruct", "Dogwood-v0.3", "Elm-Chat"]
        let experts = (0..<29).map { "\(makers[$0 % 5])-\([1, 3, 7, 8, 14, 32, 72][$0 % 7])B-\($0)" }
        var replay = MadeUpReplay(questions: questions, experts: experts, categories: categories)
        replay.table.clusters = replay.table.categories.enumerated().map { $1 * 3 + Int32($0 % 3) }
        replay.table.skills = replay.table.categories.map { category in
            ["reasoning in \(categories[Int(category)])", "reading"]
        }
        let strategies = [
            ("skill", 0.35), ("category", 0.45), ("neighbours", 0.4), ("clusters", 0.5), ("logistic", 0.3),
            ("elo", 0.8), ("bandit", 0.9), ("random", 4),
        ]
        for (name, blur) in strategies {
            for seats in [1, 3, 5] { replay.add(name, seats: seats, blur: blur) }
        }
        replay.add("best-per-category", seats: 1, blur: 0.15, isYardstick: true)
        return replay
    }

    /// Two experts and two strategies.
    static func pair(questions: Int = 1_000) -> MadeUpReplay {
        var replay = MadeUpReplay(
            questions: questions, experts: ["small-8B", "large-70B"], categories: ["arithmetic", "algebra"])
        replay.add("matrix", seats: 1, blur: 0.6)
        replay.add("lots", seats: 1, blur: 40)
        return replay
    }
}
