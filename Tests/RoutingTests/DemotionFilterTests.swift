import Core
import Routing
import Testing

struct DemotionFilterTests {
    private let need = Need(
        annotator: "lexical", mentions: [.init(keyword: "sum", score: 1, skill: "sums", similarity: 1)])
    private let cards = [ExpertCard(id: "a", kind: .openai), ExpertCard(id: "b", kind: .openai)]

    private func book(_ fallen: ExpertID...) -> CanaryBook {
        let rounds = fallen.flatMap { expert in
            [10, 10, 10, 0, 0].map { right in
                CanaryRound(
                    expert: expert, skill: "sums", identity: "", result: WilsonShare(right: right, of: 10),
                    at: Timestamp(microseconds: 0))
            }
        }
        return CanaryBook(rounds, baseline: 30) { _, _ in "" }
    }

    @Test func whoFellIsSetAsideForThatSkill() {
        let (standing, fallen) = DemotionFilter(book("a")).split(cards, for: need)
        #expect(standing.map(\.id) == ["b"])
        #expect(
            fallen.map(\.because) == [
                "demoted in sums: its canaries fell from 30 of 30 right (0.89 to 1.00) to 0 of 10 right (0.00 to 0.28) "
                    + "on 1970-01-01"
            ])
    }

    @Test func forOtherSkillsNothingChanges() {
        let other = Need(annotator: "lexical", mentions: [])
        #expect(DemotionFilter(book("a")).split(cards, for: other).standing.count == 2)
    }

    @Test func ifEverybodyFellEverybodyStands() {
        let (standing, fallen) = DemotionFilter(book("a", "b")).split(cards, for: need)
        #expect(standing.count == 2 && fallen.isEmpty)
    }
}
