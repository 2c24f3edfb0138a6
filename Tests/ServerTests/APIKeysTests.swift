import Core
import HTTPTypes
import Server
import Support
import Testing

struct APIKeysTests {
    private static let key = "sk-4f9c-secret"
    private let door = FrontDoor(options: ServiceOptions(keys: [key, "sk-other"]))

    private func status(_ authorization: String?) async throws -> Int {
        try await door.get("/v1/models", headers: authorization.map { [.authorization: $0] } ?? [:]).status
    }

    @Test func everyKeyOpensTheDoor() async throws {
        for key in [Self.key, "sk-other"] {
            for scheme in ["Bearer", "bearer", "BEARER"] { #expect(try await status("\(scheme) \(key)") == 200) }
        }
    }

    @Test func withoutKeysEverybodyMayEnter() async throws {
        #expect(try await FrontDoor().get("/v1/models").status == 200)
        #expect(try await FrontDoor().get("/v1/models", headers: [.authorization: "Bearer x"]).status == 200)
    }

    @Test(
        arguments: [
            nil, "", "Bearer", "Bearer ", "sk-4f9c-secret", "Basic sk-4f9c-secret", "Bearer sk-4f9c-secre",
            "Bearer sk-4f9c-secret2", "Bearer sk-4f9c-secreT", "Bearer Sk-4f9c-secret",
            "Bearer sk-4f9c-secret ,sk-other",
            "Bearer sk-4f9c-secretsk-other", "Bearer \u{E9}",
        ] as [String?])
    func anythingElseIs401(_ authorization: String?) async throws {
        let headers: HTTPFields = authorization.map { [.authorization: $0] } ?? [:]
        for path in ["/v1/models", "/v1/models/auto", "/v1/traces", "/v1/traces/x"] {
            let reply = try await door.get(path, headers: headers)
            #expect(reply.status == 401 && reply.header("www-authenticate") == "Bearer")
            #expect(reply.refusal?.code == "invalid_api_key" && reply.refusal?.type == "invalid_request_error")
        }
        for path in ["/v1/chat/completions", "/v1/route"] {
            #expect(try await door.post(path, Samples.chat(), headers: headers).status == 401)
        }
        #expect(door.service.asked.isEmpty)
    }

    /// Law: the door opens if and only if what is presented is one of the keys, byte for byte.
    @Test func opensIfAndOnlyIfTheBytesAreEqual() async throws {
        var random = SeededRandom(seed: 11)
        let letters = Array("ab")
        func word() -> String {
            let count = Int.random(in: 1...4, using: &random)
            return String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<60 {
            let keys = Set((0..<Int.random(in: 1...3, using: &random)).map { _ in word() })
            let door = FrontDoor(options: ServiceOptions(keys: keys))
            let presented = word()
            let reply = try await door.get("/v1/models", headers: [.authorization: "Bearer \(presented)"])
            #expect((reply.status == 200) == keys.contains(presented), "\(presented) of \(keys)")
        }
    }

    @Test func noKeyIsEverRepeated() async throws {
        let near = Self.key + "X"
        let replies = [
            try await door.get("/v1/models", headers: [.authorization: "Bearer \(Self.key)"]),
            try await door.get("/v1/models", headers: [.authorization: "Bearer \(near)"]),
            try await door.get("/v1/models", headers: [.authorization: near]),
            try await door.get("/nope", headers: [.authorization: "Bearer \(near)"]),
            try await door.chat("{", headers: [.authorization: "Bearer \(Self.key)"]),
        ]
        for reply in replies {
            #expect(!reply.body.contains(Self.key) && !"\(reply.headers)".contains(Self.key))
            #expect(!reply.body.contains("sk-other"))
        }
        #expect(!door.log.all.isEmpty && !door.log.all.contains { $0.contains("sk-") })
    }
}
