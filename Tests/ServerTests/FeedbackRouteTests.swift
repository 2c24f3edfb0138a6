import Core
import Server
import Support
import Testing

struct FeedbackRouteTests {
    private let shelf: FeedbackShelf
    private let door: FrontDoor

    init() {
        shelf = FeedbackShelf(on: TraceShelf([Samples.trace(id: "t1"), Samples.trace(id: "t2")]))
        door = FrontDoor(feedback: shelf)
    }

    @Test func keepsAScoreAndSaysSo() async throws {
        let reply = try await door.post("/v1/feedback", #"{"trace_id": "t1", "score": 0.75}"#)
        #expect(reply.status == 200)
        #expect(try reply.json["trace_id"] == .string("t1") && reply.json["score"] == .number(0.75))
        #expect(try reply.json["at"] == .integer(Int(ManualTime.start.microseconds)))
        #expect(try shelf.all == [Feedback(trace: "t1", score: 0.75, at: ManualTime.start)])
    }

    @Test func takesTheIdOfAChatCompletion() async throws {
        let reply = try await door.post("/v1/feedback", #"{"trace_id": "chatcmpl-t2", "score": 1}"#)
        #expect(reply.status == 200)
        #expect(shelf.all.map(\.trace) == ["t2"])
    }

    @Test func takesTheIdUnderItsShortNameButNotUnderBoth() async throws {
        #expect(try await door.post("/v1/feedback", #"{"id": "chatcmpl-t2", "score": 1}"#).status == 200)
        #expect(shelf.all.map(\.trace) == ["t2"])
        let reply = try await door.post("/v1/feedback", #"{"id": "t2", "trace_id": "t2", "score": 0}"#)
        #expect(reply.status == 400 && reply.refusal?.param == "id")
        #expect(reply.refusal?.message == "id: it stands beside trace_id. One of both is expected. They mean the same.")
        #expect(shelf.all.map(\.score) == [1])
    }

    /// As a client does it: asks, and hands back the id that it was given.
    @Test func theIdOfAnAnswerIsOneToJudge() async throws {
        let trace = Samples.trace
        let door = FrontDoor(feedback: FeedbackShelf(on: TraceShelf([trace])))
        let id = try #require(try await door.chat().json["id"]?.text)
        #expect(try await door.post("/v1/feedback", #"{"trace_id": "\#(id)", "score": 0}"#).status == 200)
        let header = try #require(try await door.chat().header("x-request-id"))
        #expect(try await door.post("/v1/feedback", #"{"trace_id": "\#(header)", "score": 0}"#).status == 200)
    }

    @Test func aSecondWordReplacesTheFirst() async throws {
        for score in ["1", "0.25"] {
            _ = try await door.post("/v1/feedback", #"{"trace_id": "t1", "score": \#(score)}"#)
        }
        #expect(shelf.all.map(\.score) == [0.25])
    }

    @Test(arguments: [false, true])
    func aCommentIsKeptOnlyWhereTextIs(keepsText: Bool) async throws {
        let door = FrontDoor(feedback: shelf, options: ServiceOptions(keepsText: keepsText))
        let reply = try await door.post(
            "/v1/feedback", #"{"trace_id": "t1", "score": 0, "comment": "my-secret-diary"}"#)
        #expect(reply.status == 200)
        #expect(shelf.all.map(\.comment) == [keepsText ? "my-secret-diary" : nil])
        #expect(reply.body.contains("my-secret-diary") == keepsText)
    }

    @Test func anUnknownTraceIs404WithAHint() async throws {
        let reply = try await door.post("/v1/feedback", #"{"trace_id": "t9", "score": 1}"#)
        #expect(reply.status == 404)
        let refusal = try #require(reply.refusal)
        #expect(refusal.code == "trace_not_found" && refusal.param == "trace_id")
        #expect(refusal.type == "invalid_request_error")
        #expect(
            refusal.message == """
                trace "t9": there is no such trace. An answer's id or its header x-muster-trace-id is expected. \
                GET /v1/traces lists the latest; a trace is kept once its answer has ended, and old ones are deleted.
                """)
        #expect(shelf.all.isEmpty)
    }

    @Test func aHostileIdIsNotRepeatedAtLength() async throws {
        let id = String(repeating: "f", count: 100_000)
        let reply = try await door.post("/v1/feedback", #"{"trace_id": "\#(id)", "score": 1}"#)
        #expect(reply.status == 404 && reply.body.utf8.count < 600)
    }

    @Test(arguments: [
        ("1.5", "score: it is 1.5. A number from 0.0 to 1.0 is expected."),
        ("-1", "score: it is -1. A number from 0.0 to 1.0 is expected."),
        ("1e300", "score: it is 1e+300. A number from 0.0 to 1.0 is expected."),
        ("true", "score: it is true. A number from 0.0 to 1.0 is expected."),
        (#""good""#, #"score: it is "good". A number from 0.0 to 1.0 is expected."#),
        ("null", "score: it is missing. A number from 0 to 1 is expected. 0 is useless, 1 is just right."),
    ])
    func aScoreOutOfRangeIsRefused(_ score: String, message: String) async throws {
        let reply = try await door.post("/v1/feedback", #"{"trace_id": "t1", "score": \#(score)}"#)
        #expect(reply.status == 400)
        #expect(reply.refusal?.code == "invalid_request" && reply.refusal?.param == "score")
        #expect(reply.refusal?.message == message)
        #expect(shelf.all.isEmpty)
    }

    @Test(arguments: [
        (#"{"score": 1}"#, "trace_id"), (#"{"trace_id": "", "score": 1}"#, "trace_id"),
        (#"{"trace_id": 7, "score": 1}"#, "trace_id"), (#"{"trace_id": "t1"}"#, "score"),
        (#"{"trace_id": "t1", "score": 1, "comment": 3}"#, "comment"),
        (#"{"trace_id": "t1", "score": 1, "coment": "x"}"#, "coment"), ("[]", "body"),
    ])
    func aWrongBodyNamesTheMember(_ body: String, param: String) async throws {
        let reply = try await door.post("/v1/feedback", body)
        #expect(reply.status == 400)
        #expect(reply.refusal?.code == "invalid_request" && reply.refusal?.param == param)
    }

    @Test func aLongCommentIsRefused() async throws {
        let comment = { (count: Int) in
            #"{"trace_id": "t1", "score": 1, "comment": "\#(String(repeating: "é", count: count))"}"#
        }
        #expect(try await door.post("/v1/feedback", comment(2048)).status == 200)
        let reply = try await door.post("/v1/feedback", comment(2049))
        #expect(reply.status == 400 && reply.refusal?.param == "comment")
        #expect(reply.refusal?.message == "comment: it has 4098 bytes. At most 4096 are kept. Shorten it.")
    }

    @Test func needsAKeyWhereKeysAreAskedFor() async throws {
        let door = FrontDoor(feedback: shelf, options: ServiceOptions(keys: ["k"]))
        #expect(try await door.post("/v1/feedback", #"{"trace_id": "t1", "score": 1}"#).status == 401)
        #expect(shelf.all.isEmpty)
    }
}
