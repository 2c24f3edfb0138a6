import Core
import Routing
import Testing

struct CompositionProblemTests {
    private func expert(_ name: String, _ parameters: Double?, _ dollars: Double? = nil) -> Evidence.Expert {
        Evidence.Expert(id: ExpertID(name), activeParameters: parameters, dollars: dollars)
    }

    /// Three questions of the first category, one of the second.
    /// Losses: a 0.2 / 0.8, b 0.8 / 0.2, c 0.4 / 0.4. a and b together hold 14 billion: 3 · 0.2 + 0.2 = 0.8.
    /// Within 13 only one may stay: a loses 0.6 + 0.8 = 1.4, b 2.6, c 1.6.
    @Test func choosesWhomToHoldByHand() throws {
        let problem = CompositionProblem(
            questions: [3, 1], losses: [0.2, 0.8, 0.4, 0.8, 0.2, 0.4],
            experts: [expert("a", 7), expert("b", 7), expert("c", 10)])
        #expect(try problem.solve(within: nil).experts == [0, 1])
        #expect(try problem.solve(within: .parameters(14)).experts == [0, 1])
        #expect(try problem.solve(within: .parameters(13)).experts == [0, 0])
    }

    /// The price of parameters: a loses 0.2 with 70 billion, b 0.3 with 7. 0.01 a billion: 0.9 against 0.37.
    @Test func aPriceOnActiveParametersPrefersTheSmaller() throws {
        var problem = CompositionProblem(
            questions: [1], losses: [0.2, 0.3], experts: [expert("a", 70), expert("b", 7)])
        #expect(try problem.solve(within: nil).experts == [0])
        problem.parameterPrice = 0.01
        #expect(try problem.solve(within: nil).experts == [1])
    }

    /// Dollars of four questions, three and one: a costs 1, b 3. All b is 12, all a 4. With 2 a question, 8 in all, one
    /// category may have b: the first would cost 3 · 3 + 1 = 10, too much; the second 3 + 3 = 6.
    @Test func meanDollarsLimitWhoServesWhatByHand() throws {
        let problem = CompositionProblem(
            questions: [3, 1], losses: [0.5, 0.1, 0.5, 0.1], experts: [expert("a", nil, 1), expert("b", nil, 3)])
        #expect(try problem.solve(within: .dollars(3)).experts == [1, 1])
        #expect(try problem.solve(within: .dollars(2.5)).experts == [1, 0])
        #expect(try problem.solve(within: .dollars(2)).experts == [0, 1])
        #expect(try problem.solve(within: .dollars(1)).experts == [0, 0])
    }

    @Test func equalLossesGoToFewerParametersThenToTheLowerIndex() throws {
        let problem = CompositionProblem(
            questions: [5], losses: [0.3, 0.3, 0.3], experts: [expert("a", 8), expert("b", 7), expert("c", 7)])
        #expect(try problem.solve(within: nil).experts == [1])
        #expect(try problem.solve(within: .parameters(100)).experts == [1])
    }

    /// Nobody else is held only because a category without questions would like it.
    @Test func aCategoryWithoutQuestionsIsServedByTheBestOfThoseHeld() throws {
        let problem = CompositionProblem(
            questions: [5, 0], losses: [0.1, 0.9, 0.9, 0.1], experts: [expert("a", 7), expert("b", 7)])
        #expect(try problem.solve(within: .parameters(14)).experts == [0, 0])
    }

    /// Law: branch and bound finds what trying every set finds, ties included (losses of few values make many).
    @Test func findsWhatTryingEverySetFinds() throws {
        var random = SeededRandom(seed: 11)
        for round in 0..<300 {
            let (categories, experts) = (1 + random.below(6), 1 + random.below(9))
            let grain = round.isMultiple(of: 2) ? 4 : 1_000_000
            let problem = CompositionProblem(
                questions: (0..<categories).map { _ in random.below(20) },
                losses: (0..<categories * experts).map { _ in Double(random.below(grain)) / Double(grain) },
                experts: (0..<experts).map { expert("e\($0)", Double(1 + random.below(12))) })
            let budget = 12 + Double(random.below(30))
            let mapping = try problem.solve(within: .parameters(budget))
            #expect(mapping.experts == Oracle(problem).bestSet(within: budget))
        }
    }

    /// Law: the same for dollars, against every mapping there is.
    @Test func findsWhatTryingEveryMappingFinds() throws {
        var random = SeededRandom(seed: 12)
        for round in 0..<200 {
            let (categories, experts) = (1 + random.below(4), 1 + random.below(5))
            let grain = round.isMultiple(of: 2) ? 4 : 1_000_000
            // The dearest costs 8, so that shares of it are exact.
            let problem = CompositionProblem(
                questions: (0..<categories).map { _ in 1 + random.below(20) },
                losses: (0..<categories * experts).map { _ in Double(random.below(grain)) / Double(grain) },
                experts: (0..<experts).map { expert("e\($0)", nil, $0 == 0 ? 8 : Double(1 + random.below(8))) })
            let budget = 8 - Double(random.below(25)) / 8
            let most = problem.experts.compactMap(\.dollars).min() ?? 0
            guard budget >= most else { continue }
            let mapping = try problem.solve(within: .dollars(budget))
            #expect(mapping.experts == Oracle(problem).bestMapping(within: budget))
        }
    }

    /// The size of a real library, 29 experts and 14 categories, at every budget: without a bound this would be 2²⁹ sets.
    @Test func aRealLibraryIsSolvedAtEveryBudget() throws {
        var random = SeededRandom(seed: 13)
        let strengths = (0..<29).map { _ in random.unit() }
        let problem = CompositionProblem(
            questions: (0..<14).map { _ in 100 + random.below(700) },
            losses: (0..<14 * 29).map { 0.5 * strengths[$0 % 29] + 0.5 * random.unit() },
            experts: (0..<29).map { expert("e\($0)", 1 + 69 * random.unit(), 0.001 + strengths[$0] * 0.01) })
        var last = Double.infinity
        for budget in stride(from: 20.0, through: 400, by: 20) {
            let mapping = try problem.solve(within: .parameters(budget))
            let held = mapping.held.compactMap { problem.experts[$0].activeParameters }.reduce(0, +)
            #expect(held <= budget + 1e-6)
            let loss = Oracle(problem).loss(mapping.experts)
            #expect(loss <= last)
            last = loss
        }
        last = .infinity
        for step in 1...20 {
            let mapping = try problem.solve(within: .dollars(0.001 + 0.0005 * Double(step)))
            let loss = Oracle(problem).loss(mapping.experts)
            #expect(loss <= last)
            last = loss
        }
    }

    @Test func refusesABudgetThatNobodyFits() {
        let problem = CompositionProblem(questions: [1], losses: [0.5], experts: [expert("a", 8, 0.5)])
        #expect {
            try problem.solve(within: .parameters(7))
        } throws: { error in
            (error as? Fault)?.sentence
                == "composition.budget: no expert has 7.0 billion parameters or fewer. "
                + "8.0 billion or more, what the smallest expert has."
        }
        #expect(throws: Fault.self) { try problem.solve(within: .dollars(0.4)) }
    }

    @Test func refusesToBudgetWhatIsNotKnown() {
        let problem = CompositionProblem(questions: [1], losses: [0.5], experts: [expert("a", nil)])
        #expect(throws: Fault.self) { try problem.solve(within: .parameters(7)) }
        #expect(throws: Fault.self) { try problem.solve(within: .dollars(1)) }
    }
}

/// Tries everything.
private struct Oracle {
    let problem: CompositionProblem

    init(_ problem: CompositionProblem) { self.problem = problem }

    private var count: Int { problem.experts.count }

    /// In millionths, so that ties are ties.
    private func loss(_ category: Int, _ expert: Int) -> Int {
        Int((problem.losses[category * count + expert] * 1e6).rounded())
    }

    func loss(_ mapping: [Int]) -> Double {
        mapping.enumerated().reduce(0) {
            $0 + Double(problem.questions[$1.offset]) * problem.losses[$1.offset * count + $1.element]
        }
    }

    private func total(_ mapping: [Int]) -> Int {
        mapping.enumerated().reduce(0) { $0 + problem.questions[$1.offset] * loss($1.offset, $1.element) }
    }

    func bestSet(within budget: Double) -> [Int] {
        let sizes = problem.experts.map { Int($0.activeParameters ?? 0) }
        var best: (loss: Int, parameters: Int, used: [Int], mapping: [Int])?
        for set in 1..<(1 << count) {
            let held = (0..<count).filter { set & (1 << $0) != 0 }
            guard held.reduce(0, { $0 + sizes[$1] }) <= Int(budget) else { continue }
            let mapping = problem.questions.indices.map { category in
                held.min { (loss(category, $0), sizes[$0], $0) < (loss(category, $1), sizes[$1], $1) } ?? 0
            }
            let used = Set(mapping).sorted()
            let found = (total(mapping), used.reduce(0) { $0 + sizes[$1] })
            if let best, found > (best.loss, best.parameters) { continue }
            if let best, found == (best.loss, best.parameters), !used.lexicographicallyPrecedes(best.used) { continue }
            best = (found.0, found.1, used, mapping)
        }
        return best?.mapping ?? []
    }

    func bestMapping(within budget: Double) -> [Int] {
        let eighths = problem.experts.map { Int(($0.dollars ?? 0) * 8) }
        let most = Int(budget * 8) * problem.questions.reduce(0, +)
        var best: (loss: Int, cost: Int, mapping: [Int])?
        var mapping = problem.questions.map { _ in 0 }
        var isDone = false
        while !isDone {
            let cost = mapping.enumerated().reduce(0) { $0 + problem.questions[$1.offset] * eighths[$1.element] }
            let found = (total(mapping), cost)
            // Mappings come in lexicographic order, so the first of equals stays.
            if cost <= most, best.map({ found < ($0.loss, $0.cost) }) ?? true { best = (found.0, found.1, mapping) }
            var place = mapping.count - 1
            while place >= 0, mapping[place] == count - 1 {
                mapping[place] = 0
                place -= 1
            }
            isDone = place < 0
            if !isDone { mapping[place] += 1 }
        }
        return best?.mapping ?? []
    }
}
