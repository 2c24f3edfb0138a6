import Aggregation
import Core
import Testing

struct VoteTests {
    private func candidate(
        _ expert: ExpertID, _ text: String, finish: FinishReason = .stop, suitability: Double = 1
    ) -> Candidate {
        Candidate(answer: Answer(expert: expert, text: text, finish: finish), suitability: suitability)
    }

    private func settled(_ candidates: [Candidate], _ weights: AggregationPlan.Weights = .equal) -> (String, Verdict)? {
        guard
            case .settled(let text, let verdict) = Vote(weights: weights)
                .aggregate(candidates, of: Question("?", shape: .number))
        else { return nil }
        return (text, verdict)
    }

    @Test func theMajorityWinsInTheWordsOfItsFirstMember() throws {
        let (text, verdict) = try #require(
            settled([candidate("a", "#### 4"), candidate("b", "first 5. #### 5"), candidate("c", "then #### 5")]))
        #expect(text == "first 5. #### 5")
        #expect(verdict.expert == "b")
        #expect(verdict.ballots.map(\.answer) == ["5", "4"])
        #expect(abs(verdict.agreement - 2.0 / 3) < 1e-9)
    }

    @Test func tiesGoToTheFirstSeen() throws {
        let (_, verdict) = try #require(settled([candidate("a", "#### 1"), candidate("b", "#### 2")]))
        #expect(verdict.expert == "a")
        #expect(verdict.note == "a tie: the answer first seen stands")
    }

    @Test func betweenEqualsACompleteAnswerStands() throws {
        let candidates = [candidate("a", "6 + (-5", finish: .length), candidate("b", "#### 5")]
        let (text, verdict) = try #require(settled(candidates))
        #expect(text == "#### 5" && verdict.expert == "b")
        #expect(verdict.note.hasPrefix("a tie: the complete answer stands"))
    }

    /// 0.9 for "1" against 0.3 + 0.4 = 0.7 for "2".
    @Test func suitabilityCanOutweighNumbers() throws {
        let candidates = [
            candidate("a", "#### 1", suitability: 0.9), candidate("b", "#### 2", suitability: 0.3),
            candidate("c", "#### 2", suitability: 0.4),
        ]
        #expect(try #require(settled(candidates, .suitability)).1.expert == "a")
        #expect(try #require(settled(candidates, .equal)).1.expert == "b")
    }

    @Test func textsWithoutAnAnswerElectNobody() throws {
        let (_, verdict) = try #require(
            settled([candidate("a", "who knows"), candidate("b", "no idea"), candidate("c", "#### 3")]))
        #expect(verdict.expert == "c")
        #expect(verdict.agreement == 1)
    }

    @Test func aCompleteTextIsPreferredToACutOne() throws {
        let (text, verdict) = try #require(
            settled([candidate("a", "long … #### 3", finish: .length), candidate("b", "#### 3")]))
        #expect(text == "#### 3")
        #expect(verdict.note == "1 of 2 answers were cut by their token limit")
    }

    @Test func thinkingIsNotShown() throws {
        let (text, _) = try #require(settled([candidate("a", "<think>hm</think>\n#### 3")]))
        #expect(text == "#### 3")
    }

    /// Law: with distinct answers or not, the order of seats only decides ties.
    @Test func reorderingChangesNoClearMajority() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            var candidates = (0..<7).map { candidate(ExpertID("e\($0)"), "#### \(random.below(3))") }
            let before = try #require(settled(candidates)).1
            random.shuffle(&candidates)
            let after = try #require(settled(candidates)).1
            guard before.ballots.count > 1, before.ballots[0].votes > before.ballots[1].votes else { continue }
            #expect(before.ballots[0].answer == after.ballots[0].answer)
        }
    }
}

struct SynthesisTests {
    private let question = Question("Why?")

    private func candidates(_ texts: String...) -> [Candidate] {
        texts.enumerated().map { Candidate(answer: Answer(expert: ExpertID("e\($0)"), text: $1)) }
    }

    @Test func theWriterSeesEveryResponseNumberedAndWithoutThinking() throws {
        let outcome = Synthesis(writer: "w").aggregate(
            candidates("<think>secret</think>Because.", " So. "), of: question)
        guard case .write(let writer, let asking, let verdict, let otherwise) = outcome else {
            Issue.record("somebody has to write")
            return
        }
        #expect(writer == "w")
        #expect(verdict.method == "synthesis")
        #expect(otherwise == "Because.")
        let system = try #require(asking.instructedMessages.first)
        #expect(system.role == .system)
        #expect(system.text.contains("1.\nBecause.\n\n2.\nSo."))
        #expect(!system.text.contains("secret"))
        #expect(asking.text == "Why?")
    }

    @Test func aSingleAnswerNeedsNoWriter() {
        guard
            case .settled(let text, let verdict) = Synthesis(writer: "w").aggregate(
                candidates("Because."), of: question)
        else {
            Issue.record("nothing is left to write")
            return
        }
        #expect(text == "Because.")
        #expect(verdict.method == "single")
    }
}

struct AggregatorTrialTests {
    private let question = Question("2 + 2?")

    /// arXiv:2503.05641, step I: one right and two wrong chains, shuffled.
    @Test func showsOneRightAndTwoWrongAnswers() throws {
        let chains = [("right-1", true), ("right-2", true), ("wrong-1", false), ("wrong-2", false), ("wrong-3", false)]
            .map { AggregatorTrial.Chain(text: $0.0, isRight: $0.1) }
        for seed in 0..<50 {
            let text = try #require(
                AggregatorTrial().request(for: question, chains: chains, seed: UInt64(seed)).instructedMessages.first
            ).text
            #expect(chains.count { $0.isRight && text.contains($0.text) } == 1)
            #expect(chains.count { !$0.isRight && text.contains($0.text) } == 2)
        }
    }

    @Test func theRightAnswerStandsInEveryPlace() throws {
        let chains = [("right", true), ("wrong-1", false), ("wrong-2", false)]
            .map { AggregatorTrial.Chain(text: $0.0, isRight: $0.1) }
        let places = try (0..<60).map { seed in
            let text = try #require(
                AggregatorTrial().request(for: question, chains: chains, seed: UInt64(seed)).instructedMessages.first
            ).text
            return try #require((1...3).first { text.contains("\($0).\nright") })
        }
        #expect(Set(places) == [1, 2, 3])
    }

    @Test func withTooFewWrongOnesBothAreEmptyAsInTheCode() throws {
        let chains = [AggregatorTrial.Chain(text: "right", isRight: true), .init(text: "wrong", isRight: false)]
        let text = try #require(
            AggregatorTrial().request(for: question, chains: chains, seed: 1).instructedMessages.first
        ).text
        #expect(!text.contains("wrong\n"))
        #expect(text.contains("right"))
    }

    @Test func theBestWriterWinsAndTiesGoByName() {
        #expect(AggregatorTrial().best(of: ["b": 3, "a": 3, "c": 1]) == "a")
        #expect(AggregatorTrial().best(of: [:]) == nil)
    }
}
