// swift-format-ignore-file: NeverForceUnwrap

import Core
import HTTPTypes
import Server
import Testing

/// `x-request-id` and `traceparent` of a caller.
struct RequestOriginTests {
    private let id = HTTPField.Name("x-request-id")!

    @Test func aCallersOwnIDIsRepeatedAndLogged() async throws {
        let door = FrontDoor()
        let reply = try await door.chat(headers: [id: "mine-1"])
        #expect(reply.header("x-request-id") == "mine-1")
        #expect(reply.header("x-muster-trace-id") == Samples.trace.id)
        #expect(
            door.log.all == [
                "info request endpoint=chat id=mine-1 seconds=0.0 status=200 trace=\(Samples.trace.id)"
            ])
    }

    @Test func alsoOnStreamsRefusalsAndUnknownPaths() async throws {
        let door = FrontDoor()
        let stream = try await door.chat(Samples.chat(#""stream": true"#), headers: [id: "s-1"])
        #expect(stream.header("x-request-id") == "s-1")
        #expect(try await door.chat("{", headers: [id: "r-1"]).header("x-request-id") == "r-1")
        #expect(try await door.get("/nope", headers: [id: "p-1"]).header("x-request-id") == "p-1")
        #expect(door.log.all.contains { $0.contains("id=s-1") && $0.contains("trace=\(Samples.trace.id)") })
    }

    @Test(arguments: ["evil\"id", "a b", String(repeating: "x", count: 129)])
    func anUnsafeIDIsReplaced(_ written: String) async throws {
        let door = FrontDoor()
        let reply = try await door.chat(headers: [id: written])
        #expect(reply.header("x-request-id") == Samples.trace.id)
        #expect(!door.log.all.contains { $0.contains(written) })
    }

    @Test func theServiceLearnsWhereTheQuestionCameFrom() async throws {
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let door = FrontDoor()
        _ = try await door.chat(headers: [id: "mine-1", HTTPField.Name("traceparent")!: parent])
        #expect(door.service.asked.first?.origin == RequestOrigin(requestID: "mine-1", parent: TraceParent(parent)))
    }
}
