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
        let asked = try await asked(
            #"{"seed":7,"budget":{"calls":1}}"#, ["x-muster-seed": "8", "x-muster-max-calls": "9"])
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

    @Test(arguments: ["/v1/chat/completions", "/v1/messages", "/v1/responses"])
    func steeringIsReadInEveryFormat(path: String) async throws {
        let door = FrontDoor()
        let muster = #""muster":{"steering":[{"layer":3,"mask":[0,5],"boost":{"7":1.5,"2":-1}},{"layer":4}]}"#
        let body =
            path == "/v1/responses"
            ? #"{"model":"auto","input":"6 * 7?",\#(muster)}"# : Samples.chat(#""max_tokens":9,\#(muster)"#)
        let reply = try await door.post(path, body)
        #expect(reply.status == 200, "\(reply.body)")
        let places = [0, 2, 5, 7].map { Steering.Place(layer: 3, expert: $0) }
        let changes: [Steering.Change] = [.mask, .boost(-1), .mask, .boost(1.5)]
        let steering = try #require(door.service.asked.first).question.steering
        #expect(steering == Steering(Dictionary(uniqueKeysWithValues: zip(places, changes))))
    }

    @Test(arguments: [
        #"[{"layer":1,"mask":[2],"boost":{"2":1,"3":4}}]"#,
        #"[{"layer":1,"boost":{"2":9,"3":4}},{"layer":1,"mask":[2]}]"#,
        #"[{"layer":1,"mask":[2],"boost":{"3":8}},{"layer":1,"boost":{"2":1,"3":4}}]"#,
    ])
    func aMaskCountsMoreThanAnyBoostAndTheLastBoostMoreThanOthers(_ written: String) async throws {
        let steering = try await asked(#"{"steering":\#(written)}"#).question.steering
        #expect(
            steering?.changes == [
                Steering.Place(layer: 1, expert: 2): .mask, Steering.Place(layer: 1, expert: 3): .boost(4),
            ])
    }

    @Test func steeringThatChangesNothingIsNone() async throws {
        #expect(try await asked(#"{"steering":[]}"#).question.steering == nil)
        #expect(try await asked(#"{"steering":[{"layer":1,"mask":[],"boost":{}}]}"#).question.steering == nil)
    }

    @Test(arguments: [
        (#"{"layer":1}"#, "muster.steering: it is an object. A list of layers is expected."),
        (#"[{"mask":[1]}]"#, "muster.steering[0].layer: it is missing. The number of a layer is expected, from 0."),
        (#"[{"layer":-1}]"#, "muster.steering[0].layer: it is -1. A whole number from 0 to 9999 is expected."),
        (
            #"[{"layer":1,"mask":[2,1.5]}]"#,
            "muster.steering[0].mask[1]: it is 1.5. The number of a weight expert is expected, from 0 to 65535."
        ),
        (#"[{"layer":1,"mask":2}]"#, "muster.steering[0].mask: it is 2. A list of at most 1024 experts is expected."),
        (
            #"[{"layer":1,"boost":{"2":1e9}}]"#,
            "muster.steering[0].boost.2: it is 1000000000.0. A number from -1000.0 to 1000.0 is expected."
        ),
        (#"[{"layer":1,"masks":[2]}]"#, "muster.steering[0].masks: there is no such member. Did you mean mask?"),
    ])
    func steeringIsRefusedWithItsPlace(_ steering: String, words: String) async throws {
        let reply = try await FrontDoor().chat(Samples.chat(#""muster":{"steering":\#(steering)}"#))
        #expect(reply.status == 400)
        #expect(reply.refusal?.message == words, "\(reply.body)")
    }

    @Test func anUnknownLimitComesWithTheNearestOne() async throws {
        let reply = try await FrontDoor().chat(Samples.chat(#""muster":{"budget":{"call":1}}"#))
        #expect(reply.refusal?.message == "muster.budget.call: there is no such member. Did you mean calls?")
    }
}
