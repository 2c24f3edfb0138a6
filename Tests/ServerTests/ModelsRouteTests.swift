import Core
import Testing

struct ModelsRouteTests {
    @Test func listsEveryNameInOrderAsOpenAIDoes() async throws {
        let reply = try await FrontDoor().get("/v1/models")
        #expect(reply.status == 200 && reply.header("content-type") == "application/json")
        let json = try reply.json
        #expect(json["object"] == .string("list"))
        #expect(
            json["data"]?.elements?.first
                == .object([
                    "id": .string("auto"), "object": .string("model"), "created": .integer(1_700_000_000),
                    "owned_by": .string("muster"), "kind": .string("route"),
                    "description": .string("Seats drawn by skill"),
                ]))
        #expect(json["data"]?.elements?.map { $0["id"]?.text } == ["auto", "general", "vendor/maths"])
        #expect(json["data"]?.elements?.map { $0["kind"]?.text } == ["route", "expert", "expert"])
    }

    @Test(arguments: ["/v1/models/vendor/maths", "/v1/models/vendor%2Fmaths", "/v1/models/vendor/m%61ths"])
    func findsOneThoughItsIDHoldsASlash(_ path: String) async throws {
        let reply = try await FrontDoor().get(path)
        #expect(reply.status == 200)
        #expect(try reply.json["id"] == .string("vendor/maths"))
    }

    @Test func anUnknownNameIs404WithTheNearest() async throws {
        let reply = try await FrontDoor().get("/v1/models/generall")
        #expect(reply.status == 404)
        #expect(
            reply.refusal
                == Reply.Refused(
                    message: "model \"generall\": there is no such model. Did you mean general? "
                        + "GET /v1/models lists all.",
                    type: "invalid_request_error", param: "model", code: "model_not_found"))
    }

    @Test func withoutModelsTheListIsEmpty() async throws {
        let reply = try await FrontDoor(ScriptedService(models: [])).get("/v1/models")
        #expect(reply.body == #"{"object":"list","data":[]}"#)
    }
}
