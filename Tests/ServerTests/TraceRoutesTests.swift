import Core
import Testing

struct TraceRoutesTests {
    private let shelf = TraceShelf((0..<30).map { Samples.trace(id: "t\($0)") })

    @Test func listsTheLatestTwentyNewestFirst() async throws {
        let json = try await FrontDoor(traces: shelf).get("/v1/traces").json
        #expect(json["object"] == .string("list"))
        #expect(json["data"]?.elements?.map { $0["id"]?.text } == (10..<30).reversed().map { "t\($0)" })
    }

    @Test func listsAsManyAsAreWanted() async throws {
        let json = try await FrontDoor(traces: shelf).get("/v1/traces?limit=2").json
        #expect(json["data"]?.elements?.map { $0["id"]?.text } == ["t29", "t28"])
    }

    @Test(arguments: ["0", "-1", "1001", "two", "", "1e2", "99999999999999999999", "2.0"])
    func aLimitOutOfBoundsIsRefused(_ limit: String) async throws {
        let reply = try await FrontDoor(traces: shelf).get("/v1/traces?limit=\(limit)")
        #expect(reply.status == 400)
        #expect(reply.refusal?.code == "invalid_request" && reply.refusal?.param == "limit")
    }

    @Test func findsOne() async throws {
        let reply = try await FrontDoor(traces: shelf).get("/v1/traces/t7")
        #expect(try reply.status == 200 && reply.json["id"] == .string("t7"))
    }

    @Test(arguments: ["job:6@x=1+a", "job%3A6%40x%3D1%2Ba"])
    func findsOneByAnIDThatLibrariesEscape(_ written: String) async throws {
        let shelf = TraceShelf([Samples.trace(id: "job:6@x=1+a")])
        let reply = try await FrontDoor(traces: shelf).get("/v1/traces/\(written)")
        #expect(try reply.status == 200 && reply.json["id"] == .string("job:6@x=1+a"))
    }

    @Test(arguments: ["t99", String(repeating: "t", count: 4000)])
    func anUnknownOneIs404(_ id: String) async throws {
        let reply = try await FrontDoor(traces: shelf).get("/v1/traces/\(id)")
        #expect(reply.status == 404 && reply.refusal?.code == "trace_not_found" && reply.refusal?.param == "id")
        #expect(reply.body.utf8.count < 400)
    }
}
