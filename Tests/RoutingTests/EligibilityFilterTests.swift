import Core
import Routing
import Testing

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
            (ExpertCard(id: "seeing", kind: .openai, abilities: [.images]), .ready),
        ]
        let (eligible, excluded) = EligibilityFilter().split(cards, for: question)
        #expect(eligible.map(\.id) == ["seeing"])
        #expect(excluded.map(\.because) == ["cannot see images"])
    }

    @Test func onlyModelsInThisProcessCanBeSteered() {
        var question = Question("2 + 2?")
        let cards = ExpertKind.allCases.map {
            (card: ExpertCard(id: ExpertID($0.rawValue), kind: $0), health: ExpertHealth.ready)
        }
        #expect(EligibilityFilter().split(cards, for: question).excluded.isEmpty)
        question.steering = Steering([Steering.Place(layer: 0, expert: 1): .mask])
        let (eligible, excluded) = EligibilityFilter().split(cards, for: question)
        #expect(eligible.map(\.kind) == [.local])
        #expect(Set(excluded.map(\.because)) == ["has no weight experts that can be steered from here"])
    }
}
