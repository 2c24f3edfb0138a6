import Core
import Experts
import Support
import Testing

/// What wraps what: the breaker sees calls after all tries, the retry owner each try, the limit a try at a time.
struct ExpertFactoryTests {
    @Test func theBreakerCountsCallsNotTries() async throws {
        let server = try ScriptedSocketServer(.response(500, body: "{}"))
        let expert = Sample.expert(Sample.spec(at: server.url, retries: 2))
        for call in 1...5 {
            #expect(await expert.health() == .ready)
            let fault = try await Sample.fault(of: expert)
            #expect(fault?.code == .expertFailed && fault?.causes.count == 2)
            #expect(server.requests.count == 3 * call)
        }
        #expect(try await Sample.fault(of: expert)?.code == .expertResting)
        #expect(server.requests.count == 15)
    }

    @Test func aFailureThatPassesIsNotSeen() async throws {
        let server = try ScriptedSocketServer(
            SocketReply([.close]), .response(503, headers: ["Retry-After: 2"], body: ""),
            .json(#"{"choices":[{"message":{"content":"Four."},"finish_reason":"stop"}]}"#))
        let time = ManualTime()
        let expert = Sample.expert(Sample.spec(at: server.url, retries: 2), time: time)
        #expect(try await Sample.pieces(of: expert).text == "Four.")
        #expect(time.sleeps.count == 2 && time.sleeps.last == .seconds(2))
        #expect(await expert.health() == .ready)
    }

    @Test func theServerNeverSeesMoreThanTheLimit() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 41\r\n\r\n"
        let body = #"{"choices":[{"message":{"content":"Yes"}}]}"#
        let server = try ScriptedSocketServer { _, _ in
            SocketReply([
                .pause(.milliseconds(5)),
                .send(Array(answer.replacing("41", with: "\(body.utf8.count)").utf8 + Array(body.utf8))),
            ])
        }
        let expert = Sample.expert(Sample.spec(at: server.url, concurrent: 3))
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    let text = try await Sample.pieces(of: expert).text
                    #expect(text == "Yes")
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 40)
        #expect(server.mostAtOnce <= 3)
    }
}
