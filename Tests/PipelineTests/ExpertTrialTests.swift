import Core
import Pipeline
import Support
import Testing

struct ExpertTrialTests {
    private let time = ManualTime()

    /// What was found of each capability.
    private func tried(
        _ expert: FakeExpert, context: Int = 0
    ) async throws -> (report: ExpertTrial.Report, verdicts: [Capability: CapabilityFinding.Verdict]) {
        let report = try await ExpertTrial(context: context, time: time.source, seed: 1).run(expert)
        return (
            report,
            Dictionary(report.findings.map { ($0.capability, $0.verdict) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private static let usage = AnswerPiece.usage(Usage(promptTokens: 10, completionTokens: 2))

    /// Does everything that is asked of it.
    private static func able(_ question: Question) -> FakeExpert.Reply {
        var pieces: [AnswerPiece] = []
        if let tool = question.output.tools.first {
            pieces.append(
                .call(ToolCallFragment(index: 0, id: "call_1", name: tool.name, arguments: #"{"city": "Paris"}"#)))
        } else if case .schema? = question.output.form {
            pieces.append(.text(#"{"verdict": "affirmative"}"#))
        } else if question.output.form == .json {
            pieces.append(.text(#"{"capital": "Paris"}"#))
        } else if !question.sampling.stop.isEmpty {
            pieces.append(.text("alpha bravo "))
        } else if question.showsImages {
            pieces.append(.text("Red."))
        } else if question.text.contains("passwords") {
            pieces.append(.text(passwords(in: question.text)))
        } else {
            pieces.append(.text("ready"))
        }
        if question.output.tokenProbabilities != nil { pieces.append(.probabilities([.object([:])])) }
        return FakeExpert.Reply(pieces: pieces + [usage, .finish(.stop)])
    }

    private static func passwords(in text: String) -> String {
        text.split(separator: "password is ").dropFirst().map { String($0.prefix { $0 != "." }) }
            .joined(separator: " ")
    }

    @Test func whoDoesEverythingIsFoundAbleOfEverything() async throws {
        let expert = FakeExpert(kind: .openai, abilities: Set(Ability.allCases)) { question, _ in Self.able(question) }
        let (report, verdicts) = try await tried(expert, context: 4_096)
        #expect(Set(verdicts.keys) == Set(Capability.allCases))
        #expect(verdicts.values.allSatisfy { $0 == .yes }, "\(report.findings)")
        #expect(report.answers && report.calls == expert.questions.count)
        #expect(report.usage.promptTokens == 10 * report.calls)
    }

    /// A plain talker: no calls, no form, no end at a stop string, no tokens told.
    @Test func whoOnlyTalksIsFoundToTalkOnly() async throws {
        let expert = FakeExpert(kind: .openai) { question, _ in
            .says(question.sampling.stop.isEmpty ? "ready, and so on" : "alpha bravo charlie delta echo")
        }
        let (report, verdicts) = try await tried(expert)
        #expect(verdicts[.whole] == .yes && verdicts[.streamed] == .yes && report.answers)
        for capability in [
            Capability.usage, .streamUsage, .stop, .tools, .streamedTools, .json, .schema, .probabilities,
        ] {
            #expect(verdicts[capability] == .no, "\(capability)")
        }
        #expect(verdicts[.images] == nil && verdicts[.context] == nil)
        #expect(
            report.findings.first { $0.capability == .stop }?.seen
                == "wrote on past “charlie”: “alpha bravo charlie delta echo”")
        #expect(
            report.findings.first { $0.capability == .tools }?.seen == "asked for no call, but said “ready, and so on”")
    }

    @Test func aCallIsFoundWhereOneIsRequired() async throws {
        let expert = FakeExpert(kind: .openai) { question, _ in
            question.output.toolChoice == .automatic ? .says("It rains.") : Self.able(question)
        }
        let (report, verdicts) = try await tried(expert)
        #expect(verdicts[.tools] == .yes)
        #expect(
            report.findings.first { $0.capability == .tools }?.seen.hasSuffix("where a call is required") == true)
    }

    @Test(arguments: [
        ("rain_maker", "{}", "called “rain_maker”, which is no tool it was given"),
        ("look_up_weather", "Paris", "wrote arguments that are no JSON object: “Paris”"),
        ("look_up_weather", "{}", "left the argument city out: “{}”"),
    ])
    func aCallThatNobodyCouldMakeIsNone(name: String, arguments: String, seen: String) async throws {
        let expert = FakeExpert(kind: .openai) { question, _ in
            guard !question.output.tools.isEmpty else { return Self.able(question) }
            return FakeExpert.Reply(
                pieces: [
                    .call(ToolCallFragment(index: 0, id: "1", name: name, arguments: arguments)), .finish(.toolCalls),
                ])
        }
        let (report, verdicts) = try await tried(expert)
        #expect(verdicts[.tools] == .no && verdicts[.streamedTools] == .no)
        #expect(report.findings.first { $0.capability == .tools }?.seen == seen)
    }

    @Test func whatItsServerRefusesItCannotDoAndWhatPassesIsUnclear() async throws {
        let expert = FakeExpert(kind: .openai) { question, _ in
            if question.output.tokenProbabilities != nil {
                return .fails(Fault(.expertRefused, "fake", "answers with status 400: no logprobs"))
            }
            if question.output.form == .json { return .fails(Fault(.expertTimedOut, "fake", "no first token")) }
            return Self.able(question)
        }
        let (report, verdicts) = try await tried(expert)
        #expect(verdicts[.probabilities] == .no && verdicts[.json] == .unclear)
        #expect(
            report.findings.first { $0.capability == .probabilities }?.seen == "answers with status 400: no logprobs")
        #expect(report.findings.first { $0.capability == .json }?.seen == "could not be tried: no first token")
    }

    @Test func whoDoesNotAnswerIsTriedAtNothingElse() async throws {
        let expert = FakeExpert(kind: .openai, replies: [.fails(Fault(.expertUnreachable, "fake", "is away"))])
        let (report, verdicts) = try await tried(expert)
        #expect(verdicts == [.whole: .no] && !report.answers && expert.questions.count == 1)
    }

    /// A server that keeps only the last 2000 tokens (8000 bytes) of a question without saying so.
    @Test func aContextThatIsCutSilentlyIsFound() async throws {
        let expert = FakeExpert(kind: .openai, context: 8_192) { question, _ in
            guard question.text.contains("passwords") else { return Self.able(question) }
            return .says(Self.passwords(in: "…" + question.text.suffix(8_000)))
        }
        let (report, verdicts) = try await tried(expert, context: 8_192)
        #expect(verdicts[.context] == .no)
        // 8192 − 512 = 7680 is cut, and so are 3840; of 1920 nothing is.
        #expect(report.findings.first { $0.capability == .context }?.tokens == 1_920)
        let book = CapabilityBook(["fake": report.findings])
        #expect(book.obstacle(for: "fake", needing: [], tokens: 1_900) == nil)
        #expect(book.obstacle(for: "fake", needing: [], tokens: 2_000) != nil)
    }

    @Test func whoCannotRepeatTwoWordsSaysNothingAboutItsContext() async throws {
        let expert = FakeExpert(kind: .openai) { question, _ in
            question.text.contains("passwords") ? .says("What?") : Self.able(question)
        }
        #expect(try await tried(expert, context: 8_192).verdicts[.context] == .unclear)
    }

    @Test func aScriptSaysItselfForWhichToolsItAsks() async throws {
        let expert = FakeExpert { question, _ in Self.able(question) }
        #expect(try await tried(expert).verdicts[.tools] == .unclear)
    }

    @Test func whoIsFoundUnableIsNotRecruitedAndTheTraceSaysSo() async throws {
        let talker = FakeExpert("talker", kind: .openai, replies: [.says("It rains.")])
        let caller = FakeExpert("caller", kind: .openai) { question, _ in Self.able(question) }
        let capabilities = CapabilityShelf()
        let shop = Workshop(
            [talker, caller], routes: [Route(name: "auto", routing: RoutingPlan(strategy: .random, seats: 1))],
            capabilities: capabilities)
        let report = try await ExpertTrial(context: 0, time: time.source, seed: 1).run(talker)
        capabilities.replace(by: CapabilityBook(["talker": report.findings]))
        let asked = talker.questions.count
        var question = Question("Weather?")
        question.output.tools = [Tool(name: "f")]
        for _ in 0..<8 {
            let (_, trace) = try await shop.pipeline.answer(question, model: "auto")
            #expect(trace.recruitment.experts == ["caller"])
            #expect(
                trace.recruitment.excluded.map(\.because) == [
                    "cannot call tools (found by muster expert test on 2023-11-14)"
                ])
        }
        #expect(talker.questions.count == asked)
        // Named itself it refuses, since it can do nothing else.
        await #expect(throws: Fault.self) { try await shop.pipeline.answer(question, model: "talker") }
    }
}
