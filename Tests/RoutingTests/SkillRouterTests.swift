import Core
import Routing
import Testing

struct SkillRouterTests {
    /// arXiv:2503.05641, steps D and E, by hand. Profiles: a = {algebra 3, law −1}, b = {algebra 1, law 4}.
    /// Need {algebra}: s_a = 3, s_b = 1. G_a = 2, G_b = 5, none negative.
    /// γ with τ = 0.5: 2² = 4, 5² = 25, so 4/29 and 25/29.
    /// w_a = 3 · 4/29 = 12/29, w_b = 1 · 25/29 = 25/29; p_a = 12/37, p_b = 25/37.
    @Test func followsThePaperByHand() throws {
        let pool = [Make.contender("a", ["algebra": 3, "law": -1]), Make.contender("b", ["algebra": 1, "law": 4])]
        let recruited = try SkillRouter(RoutingPlan()).recruit(for: Make.need("algebra"), from: pool, seed: 1)
        let byExpert = Dictionary(uniqueKeysWithValues: recruited.suitabilities.map { ($0.expert, $0) })
        #expect(byExpert["a"]?.local == 3)
        #expect(abs((byExpert["a"]?.strength ?? 0) - 4.0 / 29) < 1e-6)
        #expect(abs((byExpert["a"]?.probability ?? 0) - 12.0 / 37) < 1e-6)
        #expect(abs((byExpert["b"]?.probability ?? 0) - 25.0 / 37) < 1e-6)
        #expect(recruited.seats.count == 3)
    }

    /// G_a = −2, G_b = 1: all move up by 1 − (−2) = 3 to 1 and 4; γ = 1/17 and 16/17.
    /// Nobody has s > 0 for law (−2 and 0): w = (s − min + 1)·γ = 1·1/17 and 3·16/17, so p = 1/49 and 48/49.
    @Test func liftsNegativeNumbersAsTheCodeDoes() throws {
        let pool = [Make.contender("a", ["law": -2]), Make.contender("b", ["art": 1])]
        let recruited = try SkillRouter(RoutingPlan()).recruit(for: Make.need("law"), from: pool, seed: 1)
        let byExpert = Dictionary(uniqueKeysWithValues: recruited.suitabilities.map { ($0.expert, $0.probability) })
        #expect(abs((byExpert["a"] ?? 0) - 1.0 / 49) < 1e-6)
        #expect(abs((byExpert["b"] ?? 0) - 48.0 / 49) < 1e-6)
    }

    /// The restated form: softmax of s·γ at 0.5. s·γ = 12/29 and 25/29, divided by 0.5 the difference is 26/29;
    /// p_b / p_a = exp(26/29) = 2.4511.
    @Test func softmaxIsTheRestatedForm() throws {
        let pool = [Make.contender("a", ["algebra": 3, "law": -1]), Make.contender("b", ["algebra": 1, "law": 4])]
        let recruited = try SkillRouter(RoutingPlan(normaliser: .softmax))
            .recruit(for: Make.need("algebra"), from: pool, seed: 1)
        let byExpert = Dictionary(uniqueKeysWithValues: recruited.suitabilities.map { ($0.expert, $0.probability) })
        #expect(abs((byExpert["b"] ?? 0) / (byExpert["a"] ?? 1) - 2.4511) < 1e-3)
    }

    @Test func aSkillNamedTwiceCountsTwice() throws {
        let pool = [Make.contender("a", ["algebra": 3]), Make.contender("b", ["algebra": 1])]
        let once = try SkillRouter(RoutingPlan()).recruit(for: Make.need("algebra"), from: pool, seed: 1)
        let twice = try SkillRouter(RoutingPlan()).recruit(for: Make.need("algebra", "algebra"), from: pool, seed: 1)
        #expect(once.suitabilities[0].local * 2 == twice.suitabilities[0].local)
    }

    @Test func expertsThatAreMoreOftenWrongAreNotDrawnWhenSomebodyIsRight() throws {
        let pool = [Make.contender("good", ["law": 1]), Make.contender("bad", ["law": -1, "art": 50])]
        for seed in 0..<200 {
            let recruited = try SkillRouter(RoutingPlan()).recruit(
                for: Make.need("law"), from: pool, seed: UInt64(seed))
            #expect(recruited.experts == ["good"])
        }
    }

    @Test func withoutRepeatsNeverSeatsAnExpertTwice() throws {
        let pool = (1...6).map { Make.contender(ExpertID("e\($0)"), ["law": Double($0)]) }
        for seed in 0..<300 {
            let recruited = try SkillRouter(RoutingPlan(repeats: false))
                .recruit(for: Make.need("law"), from: pool, seed: UInt64(seed))
            #expect(recruited.seats.count == 3)
            #expect(recruited.experts.count == 3)
        }
    }

    @Test func theSameSeedGivesTheSameRecruitment() throws {
        let pool = (1...6).map { Make.contender(ExpertID("e\($0)"), ["law": Double($0)]) }
        let router = SkillRouter(RoutingPlan())
        let first = try router.recruit(for: Make.need("law"), from: pool, seed: 42)
        #expect(try router.recruit(for: Make.need("law"), from: pool, seed: 42) == first)
        // Held as a literal, so that no change of generator or order goes unnoticed.
        #expect(first.seats.map(\.expert.rawValue) == Self.expectedForSeed42)
    }

    static let expectedForSeed42 = ["e6", "e4", "e5"]

    /// Chi-square of 6,000 seats against the stated probabilities, five degrees of freedom; 20.5 is the 0.1 % point.
    @Test func drawsAsOftenAsTheProbabilitiesSay() throws {
        let pool = (1...6).map { Make.contender(ExpertID("e\($0)"), ["law": Double($0)]) }
        var counts: [ExpertID: Double] = [:]
        var expected: [ExpertID: Double] = [:]
        for seed in 0..<2_000 {
            let recruited = try SkillRouter(RoutingPlan())
                .recruit(for: Make.need("law"), from: pool, seed: UInt64(seed))
            for seat in recruited.seats { counts[seat.expert, default: 0] += 1 }
            for row in recruited.suitabilities { expected[row.expert] = row.probability * 6_000 }
        }
        let chiSquare = expected.reduce(0) { sum, entry in
            let difference = (counts[entry.key] ?? 0) - entry.value
            return sum + difference * difference / entry.value
        }
        #expect(chiSquare < 20.5)
    }

    @Test func noKnownSkillRecruitsUniformly() throws {
        let pool = [Make.contender("a", ["law": 9]), Make.contender("b", ["law": -9])]
        let recruited = try SkillRouter(RoutingPlan()).recruit(for: Make.need(), from: pool, seed: 3)
        #expect(recruited.suitabilities.allSatisfy { abs($0.probability - 0.5) < 1e-6 })
        #expect(recruited.seats.count == 3)
    }

    @Test func nobodyProfiledIsAsGoodAsAnybody() throws {
        let pool = [Make.contender("a", [:]), Make.contender("b", [:])]
        let recruited = try SkillRouter(RoutingPlan()).recruit(for: Make.need("law"), from: pool, seed: 3)
        #expect(recruited.suitabilities.allSatisfy { abs($0.probability - 0.5) < 1e-6 })
    }

    @Test func theTopDrawTakesTheMostSuitable() throws {
        let pool = (1...6).map { Make.contender(ExpertID("e\($0)"), ["law": Double($0)]) }
        let recruited = try SkillRouter(RoutingPlan(draw: .top)).recruit(for: Make.need("law"), from: pool, seed: 3)
        #expect(recruited.seats.map(\.expert) == ["e6", "e5", "e4"])
    }

    /// Law: the order in which experts are configured changes no probability.
    @Test func reorderingThePoolChangesNoProbability() throws {
        var random = SeededRandom(seed: 77)
        for _ in 0..<50 {
            var pool = (0..<7).map { Make.contender(ExpertID("e\($0)"), ["law": Double(random.below(21)) - 10]) }
            let before = try SkillRouter(RoutingPlan()).recruit(for: Make.need("law"), from: pool, seed: 1)
            random.shuffle(&pool)
            let after = try SkillRouter(RoutingPlan()).recruit(for: Make.need("law"), from: pool, seed: 1)
            let sorted = { (recruited: Recruitment) in recruited.suitabilities.sorted { $0.expert < $1.expert } }
            for (left, right) in zip(sorted(before), sorted(after)) {
                #expect(abs(left.probability - right.probability) < 1e-6)
            }
            #expect(abs(before.suitabilities.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
        }
    }
}
