import Core
import Routing
import Testing

/// Must not be asked: every keyword of the fixture matches exactly.
private struct SilentEmbedder: Embedder {
    let name = "silent"

    func embed(_ texts: [String]) async throws -> [[Float]] {
        throw Fault(.expertFailed, "embedder", "was asked for \(texts)")
    }
}

/// Symbolic-MoE (arXiv:2503.05641) as released, draw by draw, on a fixture small enough for paper and pencil. Each step
/// takes what the step before it gave. Steps H and I are in the tests of aggregation.
struct SymbolicMoEFixtureTests {
    private static let experts: [ExpertID] = ["ann", "bob", "cid"]

    /// Step A: five passes each, all keywords in one pool. Kept is what stands in it more than once and has at most 20
    /// characters.
    private static let validation = [
        // keeps algebra, proof
        Make.annotation([("algebra", 5), ("proof", 2), ("numbers", 1)]),
        // keeps algebra
        Make.annotation([("algebra", 3), ("graph", 1)]),
        // keeps law; the other has 21 characters
        Make.annotation([("law", 4), ("constitutional theory", 5)]),
        // keeps law, proof
        Make.annotation([("law", 2), ("proof", 3)]),
    ]

    /// Who was right: a question a row, ann, bob, cid.
    private static let isRight = [
        [true, true, false], [true, false, false], [false, true, true], [true, true, false],
    ]

    private var kept: [[String]] {
        KeywordFilter.perQuestion.keep(in: Self.validation).map { $0.map(\.text) }
    }

    private var book: ProfileBook {
        var marks: [Mark] = []
        for (question, keywords) in kept.enumerated() {
            for (expert, isRight) in zip(Self.experts, Self.isRight[question]) {
                for keyword in keywords {
                    marks.append(
                        Mark(
                            expert: expert, skill: SkillName(keyword), skillVersion: "1", question: "q\(question)",
                            isRight: isRight, at: Timestamp(microseconds: 0)))
                }
            }
        }
        return ProfileBuilder(skills: []).build(from: marks)
    }

    private var pool: [Contender] {
        Self.experts.map { Contender(card: ExpertCard(id: $0, kind: .scripted), profile: book.profile(of: $0)) }
    }

    private func need(_ keywords: [(String, Int)]) async throws -> Need {
        let kept = KeywordFilter.perQuestion.keep(in: [Make.annotation(keywords)])[0]
        let matcher = SkillMatcher(skills: [], vocabulary: book.vocabulary, embedder: SilentEmbedder())
        return Need(annotator: "fixture", mentions: try await matcher.match(kept))
    }

    @Test func stepAKeepsWhatPassesAgreeOn() {
        #expect(kept == [["algebra", "proof"], ["algebra"], ["law"], ["law", "proof"]])
    }

    /// Step B, +1 right and −1 wrong, by row of `isRight`:
    ///
    ///            algebra (1, 2)   proof (1, 4)   law (3, 4)   G
    ///     ann    +1 +1 = 2        +1 +1 = 2      −1 +1 = 0    4
    ///     bob    +1 −1 = 0        +1 +1 = 2      +1 +1 = 2    4
    ///     cid    −1 −1 = −2       −1 −1 = −2     +1 −1 = 0   −4
    @Test func stepBCountsRightAndWrong() {
        let expected: [ExpertID: [Double]] = ["ann": [2, 2, 0, 4], "bob": [0, 2, 2, 4], "cid": [-2, -2, 0, -4]]
        for (expert, numbers) in expected {
            let profile = book.profile(of: expert)
            #expect(["algebra", "proof", "law"].map { profile.competency(in: $0) } + [profile.strength] == numbers)
        }
        #expect(book.vocabulary == ["algebra", "law", "proof"])
    }

    /// Step C: equal words match without an embedder, whatever their case.
    @Test func stepCMatchesEqualWords() async throws {
        let need = try await need([("Algebra", 3), ("proof", 2), ("poetry", 1)])
        #expect(need.skills == ["algebra", "proof"])
        #expect(need.mentions.map(\.similarity) == [1, 1])
    }

    /// Step D for {algebra, proof}: s = 4, 2, −4. G = 4, 4, −4; the least is negative, so all rise by 4 + 1: 9, 9, 1.
    /// γ ∝ 81, 81, 1, in all 163. Two have s > 0: w = 4 · 81 = 324, 2 · 81 = 162, cid out; p = 2/3, 1/3, 0.
    @Test func stepDWeighsCompetencyByStrength() async throws {
        let need = try await need([("algebra", 3), ("proof", 2)])
        let recruited = try SkillRouter(RoutingPlan()).recruit(for: need, from: pool, seed: 1)
        let rows = Dictionary(uniqueKeysWithValues: recruited.suitabilities.map { ($0.expert, $0) })
        let expected: [ExpertID: (local: Double, strength: Double, probability: Double)] = [
            "ann": (4, 81.0 / 163, 2.0 / 3), "bob": (2, 81.0 / 163, 1.0 / 3), "cid": (-4, 1.0 / 163, 0),
        ]
        for (expert, numbers) in expected {
            let row = try #require(rows[expert])
            #expect(row.local == numbers.local)
            #expect(abs(row.strength - numbers.strength) < 1e-6)
            #expect(abs(row.probability - numbers.probability) < 1e-6)
        }
    }

    /// Step E: three draws with replacement. A number u from [0, 1) gives ann below 2/3, else bob.
    @Test func stepEDrawsThreeWithReplacement() async throws {
        let need = try await need([("algebra", 3), ("proof", 2)])
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed))
            let expected = (0..<3).map { _ -> ExpertID in random.unit() < 2.0 / 3 ? "ann" : "bob" }
            let recruited = try SkillRouter(RoutingPlan()).recruit(for: need, from: pool, seed: UInt64(seed))
            #expect(recruited.seats.map(\.expert) == expected)
        }
    }

    /// Step E without keywords: three uniform draws, ann below 1/3, bob below 2/3.
    @Test func stepEWithoutKeywordsDrawsUniformly() async throws {
        let need = try await need([("poetry", 1)])
        #expect(need.skills.isEmpty)
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed))
            let expected = (0..<3).map { _ in Self.experts[Int(random.unit() * 3)] }
            let recruited = try SkillRouter(RoutingPlan()).recruit(for: need, from: pool, seed: UInt64(seed))
            #expect(recruited.seats.map(\.expert) == expected)
        }
    }

    /// The learner that replays recorded outcomes takes the same draws as steps B to E.
    @Test func theLearnerDrawsTheSame() async throws {
        let evidence = Evidence(
            experts: Self.experts.map { Evidence.Expert(id: $0) },
            views: kept.map { QuestionView(vector: [1], skills: $0.map { SkillName($0) }) },
            categories: kept.map { _ in nil }, scores: Self.isRight.flatMap { $0.map { $0 ? 1 : 0 } })
        let router = try SkillProfile().learn(from: evidence, seed: 0)
        for seed in 0..<50 {
            var random = SeededRandom(seed: UInt64(seed))
            let plan = try router.recruit(
                for: QuestionView(vector: [1], skills: ["algebra", "proof"]), seats: 3, using: &random)
            // The learner takes the seed of the draws from the generator it is handed.
            var outer = SeededRandom(seed: UInt64(seed))
            var inner = SeededRandom(seed: outer.next())
            #expect(plan.experts == (0..<3).map { _ in inner.unit() < 2.0 / 3 ? 0 : 1 })
            for (expert, probability) in zip(plan.experts, plan.probabilities) {
                #expect(abs(probability - (expert == 0 ? 2.0 / 3 : 1.0 / 3)) < 1e-6)
            }
        }
    }

    /// Step F at 5 % of 63 seats, so 3.15: ann holds 40, bob 20, cid 3 and loses them. Each is drawn again from ann and
    /// bob, 40 : 20, in order: a number below 2/3 gives ann.
    @Test func stepFDrawsTheSeatsOfRareExpertsAgain() throws {
        let rows: [[ExpertID]] =
            Array(repeating: ["ann", "ann", "bob"], count: 18)
            + [["cid", "ann", "ann"], ["ann", "cid", "bob"], ["bob", "ann", "cid"]]
        let batch = rows.map { seats in
            Recruitment(
                strategy: "skill", seats: seats.map { .init(expert: $0, probability: 0.5) }, seed: 0, reason: "")
        }
        #expect(rows.flatMap(\.self).count { $0 == "cid" } == 3)
        for seed in 0..<100 {
            var random = SeededRandom(seed: UInt64(seed))
            let drawn = (0..<3).map { _ -> ExpertID in random.unit() < 2.0 / 3 ? "ann" : "bob" }
            var expected = rows
            expected[18][0] = drawn[0]
            expected[19][1] = drawn[1]
            expected[20][2] = drawn[2]
            let trimmed = try RareExpertTrim(least: 0.05).trim(batch, seed: UInt64(seed))
            #expect(trimmed.map { $0.seats.map(\.expert) } == expected)
            let again = trimmed[18].seats[0].probability
            #expect(abs(again - (drawn[0] == "ann" ? 2.0 / 3 : 1.0 / 3)) < 1e-12)
        }
    }
}
