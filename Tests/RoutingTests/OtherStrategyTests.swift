import Core
import Routing
import Testing

struct ValueRouterTests {
    /// small: 3 right, 1 wrong → 4/6; large: 7 right, 1 wrong → 8/10. Prices 0.1 and 1, so relative 0.1 and 1.
    /// λ = 0.2: small 0.6667 − 0.02 = 0.6467, large 0.8 − 0.2 = 0.6: the small one. λ = 0.05: 0.6617 against 0.75.
    @Test func weighsAccuracyAgainstPriceByHand() throws {
        let pool = [
            Contender(
                card: ExpertCard(id: "small", kind: .openai, price: Price(input: 0.05, output: 0.05)),
                profile: Profile(expert: "small", records: ["law": SkillRecord(right: 3, wrong: 1)])),
            Contender(
                card: ExpertCard(id: "large", kind: .openai, price: Price(input: 0.5, output: 0.5)),
                profile: Profile(expert: "large", records: ["law": SkillRecord(right: 7, wrong: 1)])),
        ]
        let thrifty = ValueRouter(RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.2))
        let generous = ValueRouter(RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.05))
        let first = try thrifty.recruit(for: Make.need("law"), from: pool, seed: 0)
        #expect(first.experts == ["small"])
        #expect(abs(first.suitabilities[0].weight - (4.0 / 6 - 0.02)) < 1e-9)
        #expect(try generous.recruit(for: Make.need("law"), from: pool, seed: 0).experts == ["large"])
    }
}

struct FixedRouterTests {
    private let pool = [Make.contender("a", [:]), Make.contender("b", [:])]

    @Test func seatsItsMembersInOrder() throws {
        let recruited = try FixedRouter(members: ["b", "a", "b"]).recruit(for: Make.need(), from: pool, seed: 0)
        #expect(recruited.seats.map(\.expert) == ["b", "a", "b"])
    }

    @Test func noMembersMeansEverybody() throws {
        #expect(try FixedRouter(members: []).recruit(for: Make.need(), from: pool, seed: 0).experts == ["a", "b"])
    }

    @Test func saysWhenAMemberIsAway() throws {
        let recruited = try FixedRouter(members: ["a", "away"]).recruit(for: Make.need(), from: pool, seed: 0)
        #expect(recruited.experts == ["a"])
        #expect(recruited.reason == "named by the route; 1 cannot answer now")
    }
}

struct RareExpertTrimTests {
    private func recruitment(_ experts: [ExpertID]) -> Recruitment {
        Recruitment(
            strategy: "skill", seats: experts.map { .init(expert: $0, probability: 0) }, seed: 0, reason: "")
    }

    /// 60 seats: a 40, b 18, c 2 (3.3 %, below 5 %). c's two seats go to a or b; nobody else moves.
    @Test func rareExpertsLoseTheirSeatsToTheOthers() throws {
        var batch = (0..<20).map { index in recruitment(["a", "a", index < 18 ? "b" : "c"]) }
        batch.shuffleSeeded()
        let trimmed = try RareExpertTrim(least: 0.05).trim(batch, seed: 4)
        #expect(!trimmed.flatMap(\.experts).contains(ExpertID("c")))
        for (before, after) in zip(batch, trimmed) {
            for (old, new) in zip(before.seats, after.seats) where old.expert != "c" { #expect(old == new) }
        }
        #expect(try RareExpertTrim(least: 0.05).trim(batch, seed: 4) == trimmed)
    }

    @Test func zeroTrimsNobodyAsInTheReleasedScript() throws {
        let batch = [recruitment(["a", "b", "c"])]
        #expect(try RareExpertTrim(least: 0).trim(batch, seed: 1) == batch)
    }

    @Test func refusesToTrimEverybody() {
        let batch = [recruitment(["a", "b", "c"])]
        #expect {
            try RareExpertTrim(least: 0.5).trim(batch, seed: 1)
        } throws: { error in
            (error as? Fault)?.sentence
                == "routing.trim: no expert has 0.5 of the seats, so nobody would be left. Lower it below 0.3333333333333333."
        }
    }
}

extension [Recruitment] {
    fileprivate mutating func shuffleSeeded() {
        var random = SeededRandom(seed: 1)
        random.shuffle(&self)
    }
}

struct EligibilityFilterTests {
    @Test func setsAsideWithTheReason() {
        let cards: [(card: ExpertCard, health: ExpertHealth)] = [
            (ExpertCard(id: "fine", kind: .openai), .ready),
            (ExpertCard(id: "tiny", kind: .openai, context: 10), .ready),
            (
                ExpertCard(id: "tired", kind: .openai),
                .resting(retryAfter: .seconds(12), because: "5 failures in a row")
            ),
            (ExpertCard(id: "broken", kind: .local), .unusable("no model file")),
        ]
        let (eligible, excluded) = EligibilityFilter().split(
            cards, for: Question(String(repeating: "word ", count: 40)))
        #expect(eligible.map(\.id) == ["fine"])
        #expect(
            excluded.map { "\($0.expert): \($0.because)" } == [
                "tiny: about 54 tokens are needed, its context has 10", "tired: resting for 12 s: 5 failures in a row",
                "broken: no model file",
            ])
    }

    @Test func picturesNeedEyes() {
        let question = Question(messages: [Message(role: .user, parts: [.image(url: "data:image/png;base64,")])])
        let cards: [(card: ExpertCard, health: ExpertHealth)] = [
            (ExpertCard(id: "blind", kind: .openai), .ready),
            (ExpertCard(id: "seeing", kind: .openai, seesImages: true), .ready),
        ]
        let (eligible, excluded) = EligibilityFilter().split(cards, for: question)
        #expect(eligible.map(\.id) == ["seeing"])
        #expect(excluded.map(\.because) == ["cannot see images"])
    }
}
