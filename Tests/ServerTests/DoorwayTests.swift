import Core
import HTTPTypes
import Server
import Testing

struct DoorwayTests {
    @Test(
        arguments: [
            ("/", nil), ("/nope", nil), ("/v1", nil), ("/v1/chat", nil), ("/v1/completions", nil), ("/v1/route/x", nil),
            ("/v1/traces/a/b", nil), ("/v2/models", "/v1/models"), ("/v1/chat/completion", "/v1/chat/completions"),
            ("/healthy", "/healthz"), ("/v1/models/%", nil), ("/v1/models/%FF", nil),
        ] as [(String, String?)])
    func anUnknownPathIs404AndTellsTheNearest(_ path: String, meant: String?) async throws {
        let reply = try await FrontDoor().get(path)
        #expect(reply.status == 404)
        let refusal = try #require(reply.refusal)
        #expect(refusal.type == "invalid_request_error" && refusal.code == "path_not_found" && refusal.param == nil)
        #expect(refusal.message.hasPrefix("There is no path \(path). "))
        if let meant { #expect(refusal.message.hasSuffix("Did you mean \(meant)?")) }
    }

    @Test(arguments: [
        ("/v1/chat/completions", HTTPRequest.Method.get, "POST"), ("/v1/chat/completions", .delete, "POST"),
        ("/v1/route", .head, "POST"), ("/v1/route", .put, "POST"), ("/v1/models", .post, "GET"),
        ("/v1/models/auto", .delete, "GET"), ("/v1/traces", .post, "GET"), ("/v1/traces/x", .patch, "GET"),
        ("/v1/feedback", .get, "POST"),
        ("/healthz", .post, "GET"), ("/healthz", .options, "GET"),
    ])
    func aWrongMethodIs405AndNamesTheRightOne(
        _ path: String, _ method: HTTPRequest.Method, allowed: String
    ) async throws {
        let reply = try await FrontDoor().send(method, path)
        #expect(reply.status == 405)
        #expect(reply.header("allow") == allowed)
        if method != .head {
            let refusal = try #require(reply.refusal)
            #expect(refusal.code == "method_not_allowed" && refusal.type == "invalid_request_error")
            #expect(refusal.message == "\(path) does not take \(method). Use \(allowed).")
        }
    }

    @Test(arguments: ["/v1/models", "/v1/models/auto", "/v1/traces", "/healthz"])
    func headAnswersAsGetDoesWithoutABody(_ path: String) async throws {
        let got = try await FrontDoor().get(path)
        let head = try await FrontDoor().send(.head, path)
        #expect(head.status == got.status && head.headers == got.headers)
        #expect(head.body.isEmpty && !got.body.isEmpty)
    }

    @Test(arguments: ["/nope", "/v1/models/nobody", "/v1/chat/completions", "/v1/traces/none"])
    func aRefusalOfHeadHasNoBodyEither(_ path: String) async throws {
        let head = try await FrontDoor().send(.head, path)
        #expect(head.status == 404 || head.status == 405)
        #expect(head.body.isEmpty)
    }

    @Test func everyReplyHasARequestID() async throws {
        let door = FrontDoor()
        for reply in [try await door.get("/healthz"), try await door.get("/nope"), try await door.get("/v1/models")] {
            #expect(reply.header("x-request-id") == "req-0000000000000abc")
        }
        for reply in [try await door.chat(), try await door.post("/v1/route", Samples.chat())] {
            #expect(reply.header("x-request-id") == Samples.trace.id)
        }
        #expect(try await door.chat("{").header("x-request-id") == "req-0000000000000abc")
    }

    @Test func theLogHasOneLineForARequestAndNoWordOfIt() async throws {
        let door = FrontDoor()
        let body = #"{"model": "auto", "messages": [{"role": "user", "content": "my-secret-diary"}]}"#
        _ = try await door.chat(body, headers: [HTTPField.Name("x-stainless-retry-count")!: "2"])
        #expect(
            door.log.all == [
                "info request client_retries=2 endpoint=chat id=\(Samples.trace.id) seconds=0.0 status=200"
            ])
    }

    @Test func aHostilePathIsNotRepeatedAtLength() async throws {
        let reply = try await FrontDoor().get("/" + String(repeating: "a", count: 5000))
        #expect(reply.status == 404 && reply.body.utf8.count < 600)
    }

    @Test func aCancelledAnswerIsAbandoned() async throws {
        let reply = try await FrontDoor(ScriptedService([.fails(CancellationError())])).chat()
        #expect(reply.status == 503)
        #expect(reply.refusal?.code == "answer_abandoned" && reply.refusal?.type == "server_error")
    }
}
