import Core
import Routing
import Testing

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
