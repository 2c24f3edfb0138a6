import Aggregation
import Core
import Testing

/// Symbolic-MoE (arXiv:2503.05641), the end of the journey: who writes (step I) and what the writer sees (step H), draw by
/// draw on a fixture. Steps A to F are in the tests of routing.
struct SymbolicMoEFixtureTests {
    private let chains = [
        AggregatorTrial.Chain(text: "right one", isRight: true), .init(text: "wrong one", isRight: false),
        .init(text: "right two", isRight: true), .init(text: "wrong two", isRight: false),
        .init(text: "wrong three", isRight: false),
    ]

    /// A draw without replacement as a walk from the last place down: the element at `last` changes places with the one at
    /// ⌊u (last + 1)⌋, where u is the next number of the generator as a share of 2⁶⁴.
    private func shuffled(_ texts: [String], _ random: inout SeededRandom) -> [String] {
        var texts = texts
        for last in stride(from: texts.count - 1, through: 1, by: -1) {
            let place = Int(random.next().multipliedFullWidth(by: UInt64(last + 1)).high)
            (texts[last], texts[place]) = (texts[place], texts[last])
        }
        return texts
    }

    /// Where texts stand in the order in which a message shows them.
    private func shown(_ message: String) -> [String] {
        let heading = "Responses:\n\n"
        guard let start = message.firstRange(of: heading)?.upperBound else { return [] }
        return message[start...].split(separator: "\n\n").map { part in
            String(part.drop { $0 == "\n" }.drop { $0 != "\n" }.dropFirst())
        }
    }

    /// Step I: one right answer of two, two wrong ones of three, and the three in a random order.
    @Test func stepIShowsOneRightAndTwoWrongInRandomOrder() throws {
        for seed in 0..<100 {
            var random = SeededRandom(seed: UInt64(seed))
            let right = shuffled(["right one", "right two"], &random)
            let wrong = shuffled(["wrong one", "wrong two", "wrong three"], &random)
            let expected = shuffled([right[0], wrong[0], wrong[1]], &random)
            let request = AggregatorTrial().request(for: Question("2 + 2?"), chains: chains, seed: UInt64(seed))
            #expect(shown(try #require(request.instructedMessages.first).text) == expected)
            #expect(request.text == "2 + 2?")
        }
    }

    /// Step I: no right chain at all is an empty text beside the wrong ones.
    @Test func stepIWithoutARightAnswerShowsAnEmptyOne() throws {
        let wrong = chains.filter { !$0.isRight }
        let request = AggregatorTrial().request(for: Question("2 + 2?"), chains: wrong, seed: 3)
        let texts = shown(try #require(request.instructedMessages.first).text)
        #expect(texts.count { $0.isEmpty } == 1)
        #expect(texts.count { $0.hasPrefix("wrong") } == 2)
    }

    /// Step I: exact matches on three validation questions: ann 2, bob 3, cid 3; the first name of the best writes.
    @Test func stepITheMostRightAnswersWin() {
        let isRight: [ExpertID: [Bool]] = [
            "ann": [true, false, true], "bob": [true, true, true], "cid": [true, true, true],
        ]
        let counts = isRight.mapValues { answers in answers.count { $0 } }
        #expect(AggregatorTrial().best(of: counts) == "bob")
    }

    /// Step H: the writer found in step I sees the drawn experts' answers in seat order, without their thinking; an expert
    /// that was drawn twice is heard twice. The vote of the three is kept for the case that the writer fails.
    @Test func stepHTheWriterSeesTheSeatsInOrder() throws {
        let candidates = [
            ("ann", "<think>hm</think>It is #### 4"), ("bob", "#### 5"), ("ann", "So #### 4"),
        ].map { Candidate(answer: Answer(expert: ExpertID($0.0), text: $0.1)) }
        let outcome = Synthesis(writer: "bob").aggregate(candidates, of: Question("2 + 2?", shape: .number))
        guard case .write(let writer, let asking, let verdict, let otherwise) = outcome else {
            Issue.record("somebody has to write")
            return
        }
        #expect(writer == "bob")
        #expect(shown(try #require(asking.instructedMessages.first).text) == ["It is #### 4", "#### 5", "So #### 4"])
        #expect(otherwise == "It is #### 4")
        #expect(verdict.ballots.map(\.answer) == ["4", "5"])
    }
}
