import Bench
import Core
import Support
import Synchronization
import Testing

struct AggregatorChoiceTests {
    private func choose(
        _ rig: Rig, among candidates: [ExpertID], questions: [GradedQuestion], runs: [String] = ["r"],
        progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> AggregatorChoice.Outcome {
        try await AggregatorChoice(
            runs: rig.store, choices: rig.store, directory: rig.directory, time: rig.time.source
        ).choose(
            .init(suite: .gsm8k, questions: questions, runs: runs, candidates: candidates, route: "team", seed: 1),
            progress: progress)
    }

    /// Answers by itself as in `numbers`; as a writer it is right about numbers up to `best`.
    private func writer(_ id: ExpertID, upTo best: Int) -> FakeExpert {
        FakeExpert(id) { question, _ in
            .says(question.isSynthesis && question.number > best ? "It is 0" : "It is \(question.number)")
        }
    }

    @Test func theBestWriterIsKeptForItsRoute() async throws {
        let rig = Rig(writer("a", upTo: 2), writer("b", upTo: 4), writer("c", upTo: 4))
        let questions = numbers(5)
        try await rig.run(try rig.order("vote", questions))
        let asked = rig.experts.map { $0.questions.count }
        let steps = Mutex<[Int]>([])
        let outcome = try await choose(rig, among: ["c", "a", "b", "a"], questions: questions) { done, total in
            #expect(total == 15)
            steps.withLock { $0.append(done) }
        }
        #expect(outcome.chosen == "b", "ties go by name")
        #expect(outcome.table.map(\.expert) == ["c", "a", "b"])
        #expect(outcome.table.map(\.right) == [4, 2, 4])
        #expect(outcome.table.allSatisfy { $0.of == 5 && $0.failed == 0 && $0.cut == 0 })
        #expect(outcome.key == "writer/team")
        #expect(await rig.store.choice("writer/team") == "b")
        #expect(zip(rig.experts, asked).allSatisfy { $0.questions.count - $1 == 5 }, "each once for each question")
        #expect(steps.withLock { $0.last } == 15)
    }

    @Test func eachWriterSeesARightAnswerAndTwoWrongOnes() async throws {
        let rig = Rig(
            knower("a"), FakeExpert("x") { _, _ in .says("#### 1001") }, FakeExpert("y") { _, _ in .says("#### 1002") })
        let questions = numbers(4)
        try await rig.run(try rig.order("vote", questions))
        _ = try await choose(rig, among: ["a"], questions: questions)
        let shown = rig.experts[0].questions.filter(\.isSynthesis)
        #expect(shown.map(\.number).sorted() == [1, 2, 3, 4])
        for question in shown {
            let lines = question.instructedMessages.first?.text.split(separator: "\n").map(String.init) ?? []
            for answer in ["1001", "1002", "\(question.number)"] {
                #expect(lines.contains { $0.hasSuffix("#### \(answer)") })
            }
        }
    }

    @Test func aCandidateThatFailsIsNotChosen() async throws {
        let failing = FakeExpert("a", concurrent: 1) { question, _ in
            question.isSynthesis && question.number == 1
                ? .fails(Fault(.expertTimedOut, "a", "took too long")) : .says("#### \(question.number)")
        }
        let rig = Rig(failing, writer("b", upTo: 1))
        try await rig.run(try rig.order("vote", numbers(3)))
        let outcome = try await choose(rig, among: ["a", "b"], questions: numbers(3))
        #expect(outcome.chosen == "b")
        #expect(outcome.table.map(\.failed) == [1, 0])
        #expect(outcome.table.map(\.right) == [2, 1])
    }

    @Test func nothingIsKeptIfNobodyAnswers() async throws {
        let rig = Rig(
            FakeExpert("a", concurrent: 1) { question, _ in
                question.isSynthesis ? .fails(Fault(.expertUnreachable, "a", "is down")) : .says("#### 1")
            })
        try await rig.run(try rig.order("vote", numbers(8)))
        let fault = await #expect(throws: Fault.self) { try await choose(rig, among: ["a"], questions: numbers(8)) }
        #expect(fault?.code == .noExpert)
        #expect(fault?.causes.first?.code == .expertUnreachable)
        #expect(await rig.store.choice("writer/team") == nil)
        #expect(rig.experts[0].questions.count == 8 + 5)
    }

    @Test func runsOnOtherQuestionsAreRefused() async throws {
        let rig = Rig(knower("a"))
        try await rig.run(try rig.order("single:a", numbers(3)))
        await #expect(throws: Fault.self) { try await choose(rig, among: ["a"], questions: numbers(2)) }
        await #expect(throws: Fault.self) { try await choose(rig, among: [], questions: numbers(3)) }
        #expect(rig.experts[0].questions.count == 3)
    }
}
