import Core
import Experts
import Support
import Testing

/// What wraps what: the breaker sees each call, the limit holds a place for each, the adapter makes one request.
struct ExpertFactoryTests {
    @Test func oneCallIsOneRequestAndFiveThatFailAreEnough() async throws {
        let server = try ScriptedSocketServer(.response(500, body: "{}"))
        let expert = Sample.expert(Sample.spec(at: server.url, retries: 2))
        #expect(expert.card.retries == 2)
        for call in 1...5 {
            #expect(await expert.health() == .ready)
            let fault = try await Sample.fault(of: expert)
            #expect(fault?.code == .expertFailed && fault?.causes.isEmpty == true)
            #expect(server.requests.count == call)
        }
        let slip = CallSlip()
        let fault = try await CallSlip.$current.withValue(slip) { try await Sample.fault(of: expert) }
        #expect(fault?.code == .expertResting)
        #expect(!slip.facts.isSent)
        #expect(server.requests.count == 5)
    }

    @Test func aCallsSlipSaysWhatBecameOfIt() async throws {
        let body = #"{"choices":[{"message":{"content":"Four."},"finish_reason":"stop"}]}"#
        let server = try ScriptedSocketServer(
            .response(
                200,
                headers: [
                    "x-ratelimit-limit-requests: 60",
                    "x-ratelimit-remaining-requests: 59", "x-ratelimit-reset-tokens: 6m0s",
                ], body: body))
        let slip = CallSlip()
        let expert = Sample.expert(Sample.spec(at: server.url))
        #expect(try await CallSlip.$current.withValue(slip) { try await Sample.pieces(of: expert).text } == "Four.")
        #expect(slip.facts.status == 200 && slip.facts.isSent && slip.facts.clock == nil)
        #expect(slip.facts.bytes == body.utf8.count)
        #expect(slip.facts.allowance?.requests == .init(limit: 60, remaining: 59))
        #expect(slip.facts.allowance?.tokens == .init(resetSeconds: 360))
    }

    @Test func aCallEndsWithItsQuestionsTime() async throws {
        let server = try ScriptedSocketServer(.hang)
        let time = ManualTime()
        let slip = CallSlip(deadline: .init(offset: .milliseconds(30)))
        let expert = Sample.expert(Sample.spec(at: server.url), time: time)
        let fault = try await CallSlip.$current.withValue(slip) { try await Sample.fault(of: expert) }
        #expect(fault == .timeIsOver(for: "math"))
        #expect(slip.facts.clock == .budget)
        // Its own fault it is not.
        for _ in 0..<6 { _ = try await CallSlip.$current.withValue(slip) { try await Sample.fault(of: expert) } }
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
