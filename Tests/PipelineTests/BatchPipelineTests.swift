import Core
import Pipeline
import Routing
import Support
import Synchronization
import Testing

struct BatchPipelineTests {
    private static let lines = (0..<12).map {
        BatchLine(index: $0, customID: "q\($0)", body: Array("Question \($0)".utf8))
    }

    private static func parts(_ experts: [any Expert], routes: [Route]) -> PipelineParts {
        let lexical = LexicalAnnotator(skills: [], floor: 0.5)
        let counter = Mutex(UInt64(100))
        return PipelineParts(
            directory: ExpertDirectory(experts), routes: routes,
            needs: NeedFinder(annotator: lexical, substitute: lexical, kept: nil),
            profiles: ProfileShelf(skills: [], marks: [], unknown: .ignore, embedder: NoEmbedder()), skills: [],
            traces: TraceShelf(), time: ManualTime().source,
            entropy: {
                counter.withLock {
                    $0 += 1; return $0
                }
            })
    }

    /// Answers every line, and returns the texts by line.
    private func run(
        _ experts: [any Expert], _ route: Route, _ store: BatchShelf, lines: [BatchLine] = lines
    ) async -> [Int: String] {
        let texts = Mutex<[Int: String]>([:])
        await BatchPipeline(LiveParts(Self.parts(experts, routes: [route])), store: store).together(
            lines, of: "batch_1"
        ) {
            line, service in
            let question = Question(String(decoding: line.body, as: UTF8.self))
            let text = (try? await service.answer(question, model: "auto"))?.answer.text
            texts.withLock { $0[line.index] = text }
        }
        return texts.withLock { $0 }
    }

    /// 12 lines, a panel of three and a writer: four visits for 48 calls.
    @Test func everyExpertIsVisitedOnceAndTheWriterLast() async throws {
        let order = Mutex<[ExpertID]>([])
        let experts = (["a", "b", "c", "w"] as [ExpertID]).map { id in
            FakeExpert(id, concurrent: 3) { question, _ in
                order.withLock { $0.append(id) }
                return .says("\(id) on \(question.text.suffix(2))")
            }
        }
        let texts = await run(
            experts, Workshop.everybody(["a", "b", "c"], method: .synthesis, writer: "w"), BatchShelf())
        #expect(texts.count == 12 && texts.values.allSatisfy { $0.hasPrefix("w on ") }, "\(texts)")
        let calls = order.withLock { $0 }
        #expect(calls.count == 48)
        let stretches = calls.reduce(into: [ExpertID]()) { if $0.last != $1 { $0.append($1) } }
        #expect(stretches.count == 4 && stretches.last == "w", "\(stretches)")
    }

    @Test func whatWasKeptIsNotAskedAgain() async throws {
        let store = BatchShelf()
        let route = Workshop.everybody(["a", "b"])
        let first = (["a", "b"] as [ExpertID]).map { FakeExpert($0, replies: [.says("7")]) }
        _ = await run(first, route, store)
        #expect(store.answerCount == 24)
        let second = (["a", "b"] as [ExpertID]).map { FakeExpert($0, replies: [.says("8")]) }
        let texts = await run(second, route, store)
        #expect(second.allSatisfy { $0.questions.isEmpty })
        #expect(Set(texts.values) == ["7"])
    }

    @Test func aLineWhoseExpertFailsFallsBackWithinTheBatch() async throws {
        let fault = Fault(.expertUnreachable, "a", "nobody is there")
        let experts: [any Expert] = [
            FakeExpert("a", replies: [.fails(fault)]), FakeExpert("b", replies: [.says("b helps")]),
        ]
        let texts = await run(experts, Workshop.everybody(["a"], fallback: "b"), BatchShelf())
        #expect(texts.count == 12 && Set(texts.values) == ["b helps"])
    }

    /// The route allows a second, and every call takes a minute of the clock: in a batch that is no reason to fail.
    @Test func noRoutesTimeRunsOutWhileALineWaits() async throws {
        let texts = await run(
            [FakeExpert("a", replies: [.says("late")])],
            Workshop.everybody(["a"], budget: Budget(time: .nanoseconds(1))), BatchShelf())
        #expect(Set(texts.values) == ["late"] && texts.count == 12)
    }

    @Test func aSecondRunDrawsTheSameExperts() async throws {
        let route = Route(name: "auto", routing: RoutingPlan(strategy: .random, seats: 1))
        func experts() -> [FakeExpert] {
            (["a", "b", "c"] as [ExpertID]).map { id in FakeExpert(id, replies: [.says("\(id)")]) }
        }
        let first = await run(experts(), route, BatchShelf())
        let second = await run(experts(), route, BatchShelf())
        #expect(first == second)
        #expect(Set(first.values).count > 1)
    }
}
