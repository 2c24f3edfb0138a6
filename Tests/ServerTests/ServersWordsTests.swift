import Core
import Server
import Support
import Testing

/// What an expert's server said of somebody's question is shown to nobody else.
struct ServersWordsTests {
    @Test func theStateOfExpertsDoesNotRepeatThem() async throws {
        let service = ScriptedService(health: [
            ("a", .resting(retryAfter: .seconds(2), because: "answers with status 500: prompt PRIVATEWORDS"))
        ])
        let body = try await FrontDoor(service).get("/healthz").body
        #expect(body.contains(#""because":"answers with status 500""#) && !body.contains("PRIVATEWORDS"))
    }

    @Test func theShortTraceAndTheDecisionDoNotRepeatThem() async throws {
        var recruitment = Samples.recruitment
        recruitment.excluded = [
            .init(expert: "a", because: "resting for 2 s: answers with status 500: prompt PRIVATEWORDS")
        ]
        let door = FrontDoor(ScriptedService(trace: Samples.trace(recruitment: recruitment)))
        let short = try await door.chat().header("x-muster-trace") ?? ""
        let decided = try await door.post("/v1/route", Samples.chat()).body
        for text in [short, decided] {
            #expect(text.contains(#""because":"resting for 2 s: answers with status 500""#))
            #expect(!text.contains("PRIVATEWORDS"))
        }
    }

    @Test func aRefusalDoesNotRepeatThemToWhoeverAsksNext() async throws {
        let why = "resting for 2 s: answers with status 500: prompt PRIVATEWORDS"
        let fault = Fault(
            .noExpert, "experts", "none of 1 can take this question", causes: [Fault(.expertResting, "a", why)])
        let shop = KeyShop(ScriptedService(refusal: fault))
        let open = try await shop.door.chat()
        let (_, headers) = try await shop.key(KeyOrder(name: "web"))
        for reply in [open, try await shop.door.chat(headers: headers)] {
            #expect(reply.status == 503 && reply.body.contains("a: resting for 2 s: answers with status 500."))
            #expect(!reply.body.contains("PRIVATEWORDS"))
        }
    }

    @Test func whoeverMadeAServerFailReadsWhatItSaid() async throws {
        let fault = Fault(.expertFailed, "a", "answers with status 500: too long")
        let reply = try await FrontDoor(ScriptedService(refusal: fault)).chat()
        #expect(reply.body.contains("answers with status 500: too long"))
    }
}
