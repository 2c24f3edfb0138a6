import Core
import Server
import Testing

struct HealthRouteTests {
    @Test func oneReadyExpertIsEnough() async throws {
        let service = ScriptedService(health: [
            ("general", .ready), ("tired", .resting(retryAfter: .milliseconds(2500), because: "it failed 5 times")),
            ("broken", .unusable("its key is not set")),
        ])
        let reply = try await FrontDoor(service).get("/healthz")
        #expect(reply.status == 200)
        #expect(
            reply.body == #"{"status":"ok","experts":[{"id":"general","state":"ready"},"#
                + #"{"id":"tired","state":"resting","because":"it failed 5 times","retry_after_seconds":2.5},"#
                + #"{"id":"broken","state":"unusable","because":"its key is not set"}]}"#)
    }

    @Test func withoutAReadyExpertItIs503() async throws {
        let tired = ScriptedService(health: [("tired", .resting(retryAfter: .seconds(1), because: "it failed"))])
        let reply = try await FrontDoor(tired).get("/healthz")
        #expect(try reply.status == 503 && reply.json["status"] == .string("no expert is ready"))
        let empty = try await FrontDoor(ScriptedService(health: [])).get("/healthz")
        #expect(try empty.status == 503 && empty.json["status"] == .string("there are no experts"))
    }

    @Test func needsNoKeyAndAsksNobody() async throws {
        let door = FrontDoor(options: ServiceOptions(keys: ["k"]))
        #expect(try await door.get("/healthz").status == 200)
        #expect(door.service.asked.isEmpty)
    }
}
