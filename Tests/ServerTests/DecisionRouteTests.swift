import Core
import Testing

struct DecisionRouteTests {
    @Test func tellsTheTraceAndAsksNobody() async throws {
        let door = FrontDoor()
        let reply = try await door.post("/v1/route", Samples.chat(#""muster": {"seed": 5, "seats": 2}"#))
        #expect(reply.status == 200 && reply.header("content-type") == "application/json")
        #expect(reply.header("x-muster-experts") == "general" && reply.header("x-muster-seed") == "77")
        let json = try reply.json
        #expect(json["id"] == .string(Samples.trace.id) && json["outcome"] == .string("decided"))
        #expect(json["recruitment"]?["seats"]?.elements?.first?["expert"] == .string("general"))
        #expect(json["recruitment"]?["excluded"]?.elements?.first?["because"] == .string("it is resting"))
        let asked = try #require(door.service.asked.first)
        #expect(asked.delivery == nil && asked.model == "auto" && asked.wishes == Wishes(seed: 5, seats: 2))
    }

    @Test func aFaultOfTheDecisionIsAnError() async throws {
        let fault = Fault.unknown(.unknownModel, "model", named: "aut", among: ["auto"])
        let reply = try await FrontDoor(ScriptedService(refusal: fault)).post("/v1/route", Samples.chat())
        #expect(reply.status == 404 && reply.refusal?.param == "model")
        #expect(reply.refusal?.message.contains("Did you mean auto?") == true)
    }

    @Test func readsItsBodyAsStrictlyAsAChat() async throws {
        #expect(try await FrontDoor().post("/v1/route", "[]").refusal?.code == "invalid_request")
        #expect(try await FrontDoor().post("/v1/route", "").refusal?.code == "invalid_json")
    }
}
