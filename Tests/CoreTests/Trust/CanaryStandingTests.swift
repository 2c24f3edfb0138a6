import Core
import Testing

struct CanaryStandingTests {
    /// Rounds of ten, so many right in each, a second apart.
    private func rounds(_ right: [Int], identity: String = "model", expert: ExpertID = "a") -> [CanaryRound] {
        right.enumerated().map { index, right in
            CanaryRound(
                expert: expert, skill: "sums", identity: identity, result: WilsonShare(right: right, of: 10),
                at: Timestamp(microseconds: 1_795_219_200_000_000 + Int64(index) * 1_000_000))
        }
    }

    @Test func theFirstRoundsSayHowItBegan() throws {
        let standing = try #require(CanaryStanding(rounds([9, 0]), baseline: 30))
        #expect(standing.before == WilsonShare(right: 9, of: 20) && standing.now == nil)
        #expect(standing.demotedSince == nil)
        #expect(CanaryStanding([], baseline: 30) == nil)
    }

    /// 27 of 30: 0.7438 to 0.9654. Of 5 of 10 the upper bound is 0.7634, of 4 it is 0.6873.
    @Test func itFallsWhenTheIntervalsPartAndNotBefore() throws {
        let uncertain = try #require(CanaryStanding(rounds([9, 9, 9, 5]), baseline: 30))
        #expect(uncertain.demotedSince == nil && uncertain.obstacle == nil && !uncertain.isSuspect)
        let suspect = try #require(CanaryStanding(rounds([9, 9, 9, 4, 9, 4]), baseline: 30))
        #expect(suspect.isSuspect && suspect.demotedSince == nil && suspect.obstacle == nil)
        let fallen = try #require(CanaryStanding(rounds([9, 9, 9, 3, 4]), baseline: 30))
        #expect(fallen.demotedSince == Timestamp(microseconds: 1_795_219_204_000_000) && !fallen.isSuspect)
        #expect(fallen.before == WilsonShare(right: 27, of: 30) && fallen.now == WilsonShare(right: 4, of: 10))
        #expect(
            fallen.obstacle
                == "demoted in sums: its canaries fell from 27 of 30 right (0.74 to 0.97) to 4 of 10 right "
                + "(0.17 to 0.69) on 2026-11-21")
    }

    @Test func itRecoversOnlyWithinTheIntervalOfTheBeginning() throws {
        // 7 of 10 is no fall, but no recovery either: 0.7 lies below 0.7438.
        let low = try #require(CanaryStanding(rounds([9, 9, 9, 2, 2, 7]), baseline: 30))
        #expect(low.demotedSince != nil)
        let back = try #require(CanaryStanding(rounds([9, 9, 9, 2, 2, 7, 8]), baseline: 30))
        #expect(back.demotedSince == nil && back.now == WilsonShare(right: 8, of: 10))
    }

    @Test func chanceAloneHardlyEverDemotes() {
        var demoted = 0
        for seed in 0..<2_000 {
            var random = SeededRandom(seed: UInt64(seed))
            let right = (0..<8).map { _ in (0..<10).count { _ in random.unit() < 0.85 } }
            if let standing = CanaryStanding(rounds(right), baseline: 30), standing.demotedSince != nil { demoted += 1 }
        }
        // Five rounds each are compared: under one in a thousand of them.
        #expect(demoted <= 10, "\(demoted) of 2000")
    }

    @Test func aBookTellsWhoFellInWhat() {
        let book = CanaryBook(
            rounds([9, 9, 9, 1, 1]) + rounds([9, 9, 9, 9], expert: "b") + rounds([9, 9, 9], identity: "older"),
            baseline: 30
        ) { expert, _ in expert == "c" ? nil : "model" }
        #expect(book.standings.map(\.expert) == ["a", "b"])
        #expect(book.demotedSkills(of: "a") == ["sums"] && book.demotedSkills(of: "b") == [])
        #expect(book.obstacle(for: "a", needing: ["law"]) == nil)
        #expect(book.obstacle(for: "a", needing: ["law", "sums"])?.hasPrefix("demoted in sums") == true)
    }
}
