import Core
import Experts
import Support
import Testing

struct ScriptedExpertTests {
    /// A hundred questions of each grader; the skills' categories are `sciences` and `words`.
    private static let skills: [Skill] = [
        Skill(
            name: "cell-biology", description: "Cells.", category: "sciences", keywords: ["organelle", "ph"],
            grader: .choice,
            questions: (0..<100).map {
                GradedQuestion(id: "c\($0)", question: "Which part is number \($0)? A) a B) b C) c", answer: "B")
            }),
        Skill(
            name: "arithmetic", description: "Sums.", category: "sciences", keywords: ["addition"], grader: .number,
            questions: (0..<100).map {
                GradedQuestion(
                    id: "n\($0)", question: "What is 1000 + \($0)?", answer: "1,\($0 < 10 ? "00" : "0")\($0)")
            }),
        Skill(
            name: "capitals", description: "Cities.", category: "words", grader: .exact,
            questions: (0..<100).map {
                GradedQuestion(id: "e\($0)", question: "Name the capital of land \($0).", answer: "City \($0 % 7)")
            }),
    ]

    private func expert(
        _ script: Script, time: ManualTime = ManualTime(), clocks: ExpertClocks = ExpertClocks()
    ) -> any Expert {
        Sample.expert(
            Sample.spec(.scripted, clocks: clocks, script: script), skills: Self.skills, time: time)
    }

    private func said(_ script: Script, _ text: String) async throws -> String {
        try await Sample.pieces(of: expert(script), Question(text), .whole).text
    }

    @Test func saysTheFirstLineThatMatches() async throws {
        let script = Script(
            lines: [.init(when: "RAIN", say: "Wet."), .init(when: "sun", say: "You said: {question}")],
            otherwise: "Hm: {question}")
        #expect(try await said(script, "Will it rain or will the sun shine?") == "Wet.")
        #expect(try await said(script, "Sunday?") == "You said: Sunday?")
        #expect(try await said(script, "Snow?") == "Hm: Snow?")
    }

    @Test(arguments: [0.0, 0.3, 0.8, 1.0])
    func knowsItsShare(_ share: Double) async throws {
        for skill in Self.skills {
            var right = 0
            for graded in skill.questions {
                let text = try await said(
                    Script(knows: [skill.name.rawValue: share]), "Please answer.\n\n\(graded.question)\nBe brief.")
                let answer = try #require(text.firstRange(of: "\nAnswer: ").map { String(text[$0.upperBound...]) })
                if answer == graded.answer {
                    right += 1
                } else {
                    #expect(isPlausible(answer, for: skill), "\(answer) for \(graded.answer)")
                }
            }
            // A hundred draws: three standard deviations are at most fifteen.
            #expect(abs(Double(right) - share * 100) <= (share == 0 || share == 1 ? 0 : 15))
        }
    }

    /// Wrong answers have the form of right ones.
    private func isPlausible(_ answer: String, for skill: Skill) -> Bool {
        switch skill.grader {
        case .choice: ["A", "C"].contains(answer)
        case .number: Int(answer).map { (1001..<1110).contains($0) } ?? false
        default: answer.hasPrefix("City ")
        }
    }

    @Test func theSkillsOwnShareWinsOverItsCategorysAndEveryones() async throws {
        let graded = Self.skills[0].questions[0]
        for knows in [["*": 1.0], ["sciences": 1, "*": 0], ["cell-biology": 1, "sciences": 0, "*": 0]] {
            #expect(
                try await said(Script(knows: knows), graded.question)
                    == "This is a question of cell biology.\nAnswer: B")
        }
        #expect(try await said(Script(knows: ["words": 1]), graded.question) == "I do not know.")
    }

    @Test func theSameQuestionGetsTheSameAnswer() async throws {
        let script = Script(knows: ["*": 0.5])
        for graded in Self.skills[1].questions.prefix(20) {
            #expect(try await said(script, graded.question) == (try await said(script, graded.question)))
        }
    }

    @Test func aLongerQuestionIsNotTakenForAShorterOne() async throws {
        // "… + 1?" must not answer "… + 11?", whose text begins the same.
        #expect(
            try await said(Script(knows: ["*": 1]), "What is 1000 + 11?")
                == "This is a question of arithmetic.\nAnswer: 1,011")
    }

    @Test func playsTheAnnotator() async throws {
        let instruction =
            "\n\nWhich skills are needed, such as: capitals, arithmetic? Reply on one line: \"Keywords:\"."
        func keywords(_ question: String) async throws -> String {
            try await said(Script(knows: ["*": 1]), "Question:\n" + question + instruction)
        }
        #expect(try await keywords("Name the capital of land 3.") == "Keywords: capitals")
        #expect(try await keywords("Which Organelle\n\nhelps with addition?") == "Keywords: cell biology, arithmetic")
        // "ph" stands inside "graph", but is not a word there.
        #expect(try await keywords("Draw a graph.") == "Keywords: ")
    }

    @Test func streamsWordsAndWholeAnswersAtOnce() async throws {
        let script = Script(otherwise: " One  two\nthree. ")
        let streamed = try await Sample.pieces(of: expert(script), Question("a b"), .streamed)
        let end: [AnswerPiece] = [.usage(Usage(promptTokens: 2, completionTokens: 3)), .finish(.stop)]
        #expect(streamed == [.text(" One"), .text("  two"), .text("\nthree. ")] + end)
        #expect(
            try await Sample.pieces(of: expert(script), Question("a b"), .whole) == [.text(" One  two\nthree. ")] + end)
    }

    @Test func obeysTheTokenLimit() async throws {
        for (limit, text, finish) in [
            (2, "One two", FinishReason.length), (3, "One two three", .stop), (0, "", .length), (-4, "", .length),
        ] {
            let question = Question("?", sampling: Sampling(maximumTokens: limit))
            let pieces = try await Sample.pieces(of: expert(Script(otherwise: "One two three")), question, .streamed)
            #expect(pieces.text == text && pieces.finish == finish)
        }
    }

    @Test func takesItsTime() async throws {
        let time = ManualTime()
        let script = Script(otherwise: "One two", delay: .seconds(2), pace: .milliseconds(100))
        _ = try await Sample.pieces(of: expert(script, time: time))
        #expect(time.sleeps == [.seconds(2), .milliseconds(100), .milliseconds(100)])
    }

    @Test func failsOnDemand() async throws {
        func fault(_ failure: Script.Failure, _ delivery: Delivery = .streamed) async throws -> Fault? {
            let script = Script(otherwise: "One two three", mishaps: [.init(failure: failure)])
            return try await Sample.fault(of: expert(script), Question("?"), delivery)
        }
        #expect(
            try await fault(.status(429, retryAfter: .seconds(7)))?.sentence
                == "math: answers with status 429: \"as its script says\". It takes questions again in 7 s.")
        #expect(try await fault(.status(503, retryAfter: .seconds(7)))?.retryAfterSeconds == 7)
        #expect(try await fault(.status(401, retryAfter: nil))?.code == .expertRefused)
        #expect(
            try await fault(.refuse)?.sentence
                == """
                math: nobody answers at its script (as its script says). Start its server, or check \
                experts.math.base_url.
                """
        )
        #expect(
            try await fault(.hang)?.sentence
                == """
                math: no first token within 120 s. Raise experts.math.clocks.first_token, or choose a faster expert.
                """
        )
        #expect(try await fault(.cut(afterPieces: 2))?.found == "ended its answer without an end mark, after 2 pieces")
        #expect(try await fault(.cut(afterPieces: 99))?.found == "ended its answer without an end mark, after 3 pieces")
        #expect(
            try await fault(.cut(afterPieces: 2), .whole)?.found
                == "ended its answer without an end mark, after 0 pieces")
    }

    @Test func handsOverWhatCameBeforeTheCut() async throws {
        let script = Script(otherwise: "One two three", mishaps: [.init(failure: .cut(afterPieces: 2))])
        let stream = try await expert(script).ask(Question("?"), delivery: .streamed)
        #expect(try await stream.nextPiece() == .text("One"))
        #expect(try await stream.nextPiece() == .text(" two"))
        let fault = await #expect(throws: Fault.self) { try await stream.nextPiece() }
        #expect(fault?.code == .expertCutOff)
    }

    @Test func mishapsChooseTheirQuestionsAndPass() async throws {
        let script = Script(
            otherwise: "Fine.", mishaps: [.init(when: "STORM", times: 2, failure: .status(500, retryAfter: nil))])
        let expert = expert(script)
        #expect(try await Sample.pieces(of: expert, Question("Calm?")).text == "Fine.")
        for _ in 0..<2 { #expect(try await Sample.fault(of: expert, Question("A storm?"))?.code == .expertFailed) }
        #expect(try await Sample.pieces(of: expert, Question("A storm?")).text == "Fine.")
    }

    @Test func aCallerWhoLeavesEndsAHang() async throws {
        let time = ManualTime(.waits)
        let expert = expert(Script(mishaps: [.init(failure: .hang)]), time: time)
        let asking = Task { try await Sample.pieces(of: expert) }
        while time.sleeperCount == 0 { await Task.yield() }
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
    }
}
