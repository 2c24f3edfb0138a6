import Core
import Testing

struct CapabilityBookTests {
    private static let day = Timestamp(microseconds: 1_795_219_200_000_000)

    private func found(
        _ capability: Capability, _ verdict: CapabilityFinding.Verdict, tokens: Int? = nil
    ) -> CapabilityFinding {
        CapabilityFinding(capability, verdict, seen: "seen", tokens: tokens, at: Self.day)
    }

    @Test func onlyWhatIsProvenSpeaksAgainstAnExpert() {
        let book = CapabilityBook(["a": [found(.tools, .no), found(.json, .unclear), found(.stop, .yes)]])
        #expect(
            book.obstacle(for: "a", needing: [.tools], tokens: 1)
                == "cannot call tools (found by muster expert test on 2026-11-21)")
        #expect(book.obstacle(for: "a", needing: [.json, .stop, .schema], tokens: 1) == nil)
        #expect(book.obstacle(for: "b", needing: [.tools], tokens: 1) == nil)
    }

    @Test func aContextThatHeldLessCounts() {
        let book = CapabilityBook([
            "a": [found(.context, .no, tokens: 4_096)], "b": [found(.context, .yes, tokens: 10)],
        ])
        #expect(book.obstacle(for: "a", needing: [], tokens: 4_096) == nil)
        #expect(
            book.obstacle(for: "a", needing: [], tokens: 5_000)
                == "about 5000 tokens are needed, its context was found to hold 4096 (found by muster expert test on "
                + "2026-11-21)")
        #expect(book.obstacle(for: "b", needing: [], tokens: 5_000) == nil)
    }

    @Test func findingsAboutAnotherModelSayNothing() {
        var spec = ExpertSpec(card: ExpertCard(id: "a", kind: .openai, model: "m"), baseURL: "http://h/v1")
        let records = [CapabilityRecord(expert: "a", identity: spec.identity, finding: found(.tools, .no))]
        #expect(CapabilityBook(records, of: [spec]).finding(.tools, of: "a")?.verdict == .no)
        spec.card.price = Price(input: 1, output: 2)
        #expect(CapabilityBook(records, of: [spec]).findings(of: "a").count == 1)
        spec.card.model = "n"
        #expect(CapabilityBook(records, of: [spec]).findings(of: "a").isEmpty)
    }

    @Test func whatIsSaidAndNotDisprovenIsAnAbility() {
        let card = ExpertCard(id: "a", kind: .openai, abilities: [.tools, .json])
        #expect(CapabilityBook(["a": [found(.tools, .no), found(.images, .yes)]]).abilities(of: card) == [.json])
        #expect(CapabilityBook.empty.abilities(of: card) == [.tools, .json])
    }

    @Test func aQuestionSaysWhatItNeeds() {
        var question = Question("?", sampling: Sampling(stop: ["."]))
        question.output.tools = [Tool(name: "f")]
        #expect(question.neededCapabilities == [.stop, .tools])
        question.output.toolChoice = ToolChoice.none
        #expect(question.neededCapabilities == [.stop])
    }
}
