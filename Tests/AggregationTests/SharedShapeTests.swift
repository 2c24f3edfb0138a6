import Aggregation
import Core
import Testing

struct SharedShapeTests {
    private let question = Question("How many hours?")

    private func vote(_ texts: String...) -> Verdict? {
        let candidates = texts.map { Candidate(answer: Answer(expert: "a", text: $0, finish: .stop), suitability: 1) }
        guard case .settled(_, let verdict) = Vote().aggregate(candidates, of: question) else { return nil }
        return verdict
    }

    @Test func oneMarkedNumberLetsAllBeReadAsNumbers() {
        let verdict = vote(
            "Therefore it needs \\(\\boxed{3}\\) hours.", "Step 1: 90 km/h. So it takes 3 hours.", "270 / 90 = 3")
        #expect(verdict?.ballots.map(\.answer) == ["3"])
        #expect(verdict?.agreement == 1)
    }

    @Test func oneMarkedLetterLetsAllBeReadAsLetters() {
        #expect(vote("Answer: B", "I would take B) here", "Answer: A")?.ballots.map(\.answer) == ["B", "A"])
    }

    @Test func withoutAMarkTextsAreComparedAsAWhole() {
        #expect(vote("Paris, founded before 250 BC", "paris founded before 250 bc!", "Rome")?.ballots.count == 2)
    }

    @Test func aShapeThatIsKnownStays() {
        #expect(AnswerShape.exact.settled(by: ["Answer: 3"]) == .exact)
        #expect(AnswerShape.automatic.settled(by: ["Answer: Paris", "no mark"]) == .automatic)
    }
}
