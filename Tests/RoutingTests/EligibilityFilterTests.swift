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

    @Test func whoWasFoundUnableIsSetAside() {
        let found = CapabilityFinding(
            .tools, .no, seen: "asked for no call", at: Timestamp(microseconds: 1_795_219_200_000_000))
        let filter = EligibilityFilter(CapabilityBook(["talks": [found]]))
        let cards: [(card: ExpertCard, health: ExpertHealth)] = [
            (ExpertCard(id: "talks", kind: .openai), .ready), (ExpertCard(id: "calls", kind: .openai), .ready),
        ]
        var question = Question("?")
        #expect(filter.split(cards, for: question).excluded.isEmpty)
        question.output.tools = [Tool(name: "f")]
        let (eligible, excluded) = filter.split(cards, for: question)
        #expect(eligible.map(\.id) == ["calls"])
        #expect(excluded.map(\.because) == ["cannot call tools (found by muster expert test on 2026-11-21)"])
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
