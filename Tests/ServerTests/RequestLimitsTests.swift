import Core
import HTTPTypes
import Server
import Testing

struct RequestLimitsTests {
    @Test(
        arguments: [
            "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", " application/json ;x=y",
            "application/vnd.api+json", nil,
        ] as [String?])
    func jsonIsTaken(_ type: String?) async throws {
        let headers: HTTPFields = type.map { [.contentType: $0] } ?? [:]
        let reply = try await FrontDoor().send(
            .post, "/v1/chat/completions", body: Array(Samples.chat().utf8), headers: headers)
        #expect(reply.status == 200)
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp",
        "application/json-seq", "json", "text/plain; application/json",
    ])
    func anotherTypeIs415(_ type: String) async throws {
        for path in ["/v1/chat/completions", "/v1/route"] {
            let reply = try await FrontDoor().post(path, Samples.chat(), headers: [.contentType: type])
            #expect(reply.status == 415)
            #expect(reply.refusal?.code == "unsupported_media_type" && reply.refusal?.type == "invalid_request_error")
            let next = "Send JSON and the header Content-Type: application/json."
            #expect(reply.refusal?.message.hasSuffix(next) == true)
        }
    }

    @Test func theMaximumItselfIsTakenAndOneByteMoreIsNot() async throws {
        let body = Samples.chat()
        let exact = FrontDoor(options: ServiceOptions(maximumBody: body.utf8.count))
        #expect(try await exact.chat(body).status == 200)
        let reply = try await exact.chat(body + " ")
        #expect(reply.status == 413)
        #expect(
            reply.refusal
                == Reply.Refused(
                    message: "body: it is longer than \(body.utf8.count) bytes. Send less, or raise server.max_body.",
                    type: "invalid_request_error", param: nil, code: "request_too_large"))
        #expect(exact.service.asked.count == 1)
    }
}
