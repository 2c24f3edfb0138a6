import Core
import HTTPTypes
import Server
import Testing

struct MetricsRouteTests {
    @Test func showsRequestsExpertsAndTheProcess() async throws {
        let door = FrontDoor(
            ScriptedService(health: [
                ("general", .ready), ("tired", .resting(retryAfter: .seconds(5), because: "it failed")),
                ("odd", .unusable("no key")),
            ]))
        _ = try await door.chat()
        _ = try await door.chat("{")
        let reply = try await door.get("/metrics")
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
        for line in [
            #"muster_requests_total{endpoint="chat",status="200"} 1.0"#,
            #"muster_requests_total{endpoint="chat",status="400"} 1.0"#,
            #"muster_errors_total{endpoint="chat",code="invalid_json"} 1.0"#,
            #"muster_request_seconds_count{endpoint="chat"} 2"#,
            #"muster_expert_state{expert="general"} 0.0"#, #"muster_expert_state{expert="tired"} 1.0"#,
            #"muster_expert_state{expert="odd"} 2.0"#,
            // This very request.
            "muster_requests_in_flight 1.0",
        ] {
            #expect(reply.body.split(separator: "\n").contains { $0 == line }, "\(line)")
        }
        #expect(reply.body.contains("\nprocess_resident_memory_bytes "))
        #expect(reply.body.contains("\nprocess_open_fds "))
    }

    @Test func whatIsOverIsNoLongerInFlight() async throws {
        let door = FrontDoor()
        _ = try await door.chat(Samples.chat(#""stream": true"#))
        let body = try await door.get("/metrics").body
        #expect(body.contains("\nmuster_open_streams 0.0\n"))
        #expect(body.contains("\nmuster_requests_in_flight 1.0\n"))
        #expect(body.contains(#"muster_requests_total{endpoint="chat",status="200"} 1.0"#))
    }

    @Test func speaksOpenMetricsIfAsked() async throws {
        let reply = try await FrontDoor().get("/metrics", headers: [.accept: "application/openmetrics-text"])
        #expect(reply.header("content-type")?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
        #expect(reply.body.hasSuffix("# EOF\n"))
    }

    @Test func wantsAKeyWhereThereAreKeysUnlessItIsOpen() async throws {
        let keyed = FrontDoor(options: ServiceOptions(keys: ["k"]))
        #expect(try await keyed.get("/metrics").status == 401)
        #expect(try await keyed.get("/metrics", headers: [.authorization: "Bearer k"]).status == 200)
        let open = FrontDoor(options: ServiceOptions(keys: ["k"], showMetrics: .open))
        #expect(try await open.get("/metrics").status == 200)
        #expect(try await open.get("/v1/models").status == 401)
    }

    @Test func isNotThereIfNobodyMaySeeIt() async throws {
        let door = FrontDoor(options: ServiceOptions(showMetrics: .never))
        #expect(try await door.get("/metrics").status == 404)
    }

    @Test func pathsThatDoNotExistCountTogether() async throws {
        let door = FrontDoor()
        for number in 0..<20 { _ = try await door.get("/nope/\(number)") }
        let body = try await door.get("/metrics").body
        #expect(body.contains(#"muster_requests_total{endpoint="none",status="404"} 20.0"#))
        #expect(!body.contains("nope"))
    }
}
