import Core
import HTTPTypes
import Testing

struct MusterWishesTests {
    private func asked(_ muster: String?, _ headers: [String: String] = [:]) async throws -> ScriptedService.Asked {
        let door = FrontDoor()
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        let reply = try await door.chat(Samples.chat(muster.map { #""muster":\#($0)"# } ?? ""), headers: fields)
        #expect(reply.status == 200, "\(reply.body)")
        return try #require(door.service.asked.first)
    }

    @Test func theMemberSaysWhatIsDifferentForThisRequest() async throws {
        let asked = try await asked(
            #"{"route":"fast","seed":7,"seats":2,"budget":{"cost":0.01,"seconds":2.5,"calls":3}}"#)
        #expect(asked.model == "fast")
        #expect(
            asked.wishes
                == Wishes(seed: 7, seats: 2, budget: Budget(cost: 0.01, time: .milliseconds(2500), calls: 3)))
    }

    @Test func headersSayTheSame() async throws {
        let asked = try await asked(
            nil,
            [
                "x-muster-route": "fast", "x-muster-seed": "7", "x-muster-seats": "2", "x-muster-max-cost": "0.01",
                "x-muster-max-seconds": "2.5", "x-muster-max-calls": "3",
            ])
        #expect(asked.model == "fast")
        #expect(
            asked.wishes
                == Wishes(seed: 7, seats: 2, budget: Budget(cost: 0.01, time: .milliseconds(2500), calls: 3)))
    }

    @Test func theMemberWinsOverTheHeader() async throws {
        let asked = try await asked(#"{"seed":7,"budget":{"calls":1}}"#, ["x-muster-seed": "8", "x-muster-max-calls": "9"])
        #expect(asked.wishes == Wishes(seed: 7, budget: Budget(calls: 1)))
    }

    @Test(arguments: [
        ("x-muster-seed", "-1", "A whole number from 0 to 9007199254740991 is expected"),
        ("x-muster-seats", "many", "A whole number from 1 to 64 is expected"),
        ("x-muster-max-cost", "nan", "A number from 0.0 to 1000000.0 is expected"),
        ("x-muster-explain", "perhaps", "true or false is expected"),
    ])
    func aWrongHeaderIsRefusedByName(_ name: String, value: String, words: String) async throws {
        let field = try #require(HTTPField.Name(name))
        let reply = try await FrontDoor().chat(Samples.chat(), headers: [field: value])
        #expect(reply.status == 400 && reply.refusal?.param == name, "\(reply.body)")
        #expect(reply.refusal?.message == "\(name): it is \"\(value)\". \(words).", "\(reply.body)")
    }

    @Test func anUnknownLimitComesWithTheNearestOne() async throws {
        let reply = try await FrontDoor().chat(Samples.chat(#""muster":{"budget":{"call":1}}"#))
        #expect(reply.refusal?.message == "muster.budget.call: there is no such member. Did you mean calls?")
    }
}
