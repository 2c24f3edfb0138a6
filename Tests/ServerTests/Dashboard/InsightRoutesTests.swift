import Core
import HTTPTypes
import Server
import Support
import Testing

struct InsightRoutesTests {
    private let shelf = InsightShelf(
        page: TracePage(
            lines: [TraceLine(Samples.trace(id: "t1"))], next: TraceCursor(at: ManualTime.start, place: 17)))

    private func door() -> FrontDoor {
        FrontDoor(traces: TraceShelf([Samples.trace(id: "t1")]), insight: .sample(shelf))
    }

    @Test func aPartOfTheListSaysWhereTheNextBegins() async throws {
        let json = try await door().get("/insight/traces").json
        #expect(json["data"]?.elements?.first?["id"] == .string("t1"))
        #expect(json["data"]?.elements?.first?["skills"] == .array([.string("algebra")]))
        #expect(json["has_more"] == .bool(true) && json["next"] == .string("1700000000000000.17"))
        #expect(shelf.asked == [.init(filter: TraceFilter(), cursor: nil, limit: 50)])
    }

    @Test func everyFilterReachesTheStore() async throws {
        let query =
            "route=auto&expert=vendor%2Fmaths&skill=algebra&outcome=failed_over&min_cost=0.001&max_cost=2"
            + "&limit=7&after=1700000000000000.17"
        #expect(try await door().get("/insight/traces?" + query).status == 200)
        #expect(
            shelf.asked == [
                .init(
                    filter: TraceFilter(
                        route: "auto", expert: "vendor/maths", skill: "algebra", outcome: .failedOver,
                        leastDollars: 0.001, mostDollars: 2),
                    cursor: TraceCursor(at: ManualTime.start, place: 17), limit: 7)
            ])
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=201", "limit"), ("outcome=fine", "outcome"), ("min_cost=-1", "min_cost"),
        ("max_cost=dear", "max_cost"), ("after=17", "after"), ("after=-1.2", "after"), ("after=1.2.3", "after"),
        ("route=" + String(repeating: "x", count: 201), "route"),
    ])
    func aWrongFilterIsRefusedByItsName(_ query: String, name: String) async throws {
        let reply = try await door().get("/insight/traces?" + query)
        #expect(reply.status == 400 && reply.refusal?.param == name)
        #expect(shelf.asked.isEmpty)
    }

    @Test func aStoryHoldsTheTraceAndWhatPeopleThought() async throws {
        let json = try await door().get("/insight/traces/t1").json
        #expect(json["trace"]?["recruitment"]?["reason"] == .string("it suits best"))
        #expect(json["feedback"]?["score"] == .number(0.75))
        let missing = try await door().get("/insight/traces/t2")
        #expect(missing.status == 404 && missing.refusal?.code == "trace_not_found")
    }

    @Test func theSummaryTellsNamesAndNoSecrets() async throws {
        let json = try await door().get("/insight/service").json
        #expect(json["routes"]?.elements?.map { $0["id"] } == [.string("auto")])
        #expect(json["experts"]?.elements?.map { $0["id"] } == [.string("general"), .string("vendor/maths")])
        #expect(json["skills"] == .array([.string("algebra")]))
        #expect(json["has_admin"] == .bool(false) && json["explains"] == .bool(true))
    }

    @Test func whoeverHasNoKeySeesNothing() async throws {
        let door = FrontDoor(options: ServiceOptions(keys: ["k"]), insight: .sample(shelf))
        for path in ["service", "live", "traces", "traces/t1", "skills", "marks", "runs", "runs/r"] {
            #expect(try await door.get("/insight/" + path).status == 401, "\(path)")
        }
        #expect(try await door.get("/insight/service", headers: [.authorization: "Bearer k"]).status == 200)
    }

    @Test func aClientsKeySeesNothingEither() async throws {
        let time = ManualTime(.waits)
        let (key, secret) = try KeyOrder(name: "web").make(models: [], now: time.source.timestamp(), entropy: { 7 })
        let ring = KeyRing(store: KeyShelf([key]), holder: "here", time: time.source)
        try await ring.refresh()
        let door = FrontDoor(keys: ring, insight: .sample(shelf), time: time)
        let reply = try await door.get("/insight/traces", headers: [.authorization: "Bearer \(secret.reveal())"])
        #expect(reply.status == 403)
        #expect(
            reply.refusal?.message == """
                dashboard: the key web may not see it, for others' questions are in it. A key of server.api_keys sees \
                it; GET /v1/traces/{id} shows a trace of one's own.
                """)
    }

    @Test func runsAreToldWithIntervals() async throws {
        let run = RunLine(
            id: "r1", suite: "gsm8k", strategy: "skill", experts: ["general"], state: .running,
            startedAt: ManualTime.start, finishedAt: nil, questions: 20, recruited: 20, answered: 12, graded: 10,
            strictlyRight: 5, flexiblyRight: 10, cut: 1, failed: 0, calls: 36, promptTokens: 1, completionTokens: 2,
            dollars: 0.25, seconds: 3)
        let door = FrontDoor(insight: .sample(InsightShelf(runs: [run])))
        let line = try await door.get("/insight/runs").json["data"]?.elements?.first
        #expect(line?["run"]?["answered"] == .integer(12) && line?["run"]?["finished_at"] == nil)
        // Wilson, 5 of 10: (0.5 + 0.19207 ∓ 1.95996·√(0.025 + 0.0096036)) / 1.38415 = 0.2366 and 0.7634.
        #expect(abs((line?["strict"]?["low"]?.double ?? 0) - 0.2366) < 1e-4)
        #expect(abs((line?["strict"]?["high"]?.double ?? 0) - 0.7634) < 1e-4)
        // All right: the interval ends at 1 and still begins well below it.
        #expect(line?["flexible"]?["high"]?.double == 1)
        #expect(abs((line?["flexible"]?["low"]?.double ?? 0) - 0.7225) < 1e-4)
        let detail = try await door.get("/insight/runs/r1").json
        #expect(detail["experts"]?.elements?.first?["calls"] == .integer(3))
        #expect(detail["questions"]?.elements?.first?["question"] == .string("q1"))
        let missing = try await door.get("/insight/runs/r2")
        #expect(missing.status == 404 && missing.refusal?.message.contains("There are r1") == true)
    }
}
