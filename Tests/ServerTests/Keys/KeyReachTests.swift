// swift-format-ignore-file: NeverForceUnwrap

import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Synchronization
import Testing

/// What keys may read and share.
struct KeyReachTests {
    @Test func figuresAreForKeysOfTheConfigurationWhereThereAreSome() async throws {
        let shop = KeyShop(options: ServiceOptions(keys: ["sk-own"]))
        let (_, client) = try await shop.key(KeyOrder(name: "web"))
        let refused = try await shop.door.get("/metrics", headers: client)
        #expect(refused.status == 403 && refused.refusal?.code == "not_allowed")
        #expect(
            refused.refusal?.message == """
                /metrics: the key web may not read it, for others' figures are among them. A key of server.api_keys \
                reads it.
                """)
        #expect(try await shop.door.get("/metrics").status == 401)
        #expect(try await shop.door.get("/metrics", headers: [.authorization: "Bearer sk-own"]).status == 200)
    }

    @Test func figuresStayOpenWhereOnlyClientsHaveKeys() async throws {
        let shop = KeyShop()
        #expect(try await shop.door.get("/metrics").status == 200)
        _ = try await shop.key(KeyOrder(name: "web"))
        try await shop.ring.refresh()
        #expect(try await shop.door.get("/metrics").status == 200)
        #expect(try await shop.door.get("/v1/models").status == 401)
    }

    @Test func aDecisionCountsAsARequestForAnnotationAsks() async throws {
        let shop = KeyShop()
        let (_, headers) = try await shop.key(KeyOrder(name: "web", rates: RateLimits(requestsPerMinute: 1)))
        #expect(try await shop.door.post("/v1/route", Samples.chat(), headers: headers).status == 200)
        #expect(try await shop.door.post("/v1/route", Samples.chat(), headers: headers).status == 429)
    }

    /// Notes whose kept answers each question may get.
    private final class Owners: AnswerService {
        private let service = ScriptedService()
        private let seen = Mutex<[ShelfOwner?]>([])

        var all: [ShelfOwner?] { seen.withLock { $0 } }

        func models() -> [ModelListing] { service.models() }
        func health() async -> [(expert: ExpertID, health: ExpertHealth)] { await service.health() }
        func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
            try await service.decide(question, model: model, wishes: wishes)
        }
        func answer(
            _ question: Question, model: String, wishes: Wishes, delivery: Delivery
        ) async throws -> AnswerFlow {
            seen.withLock { $0.append(ShelfOwner.current) }
            return try await service.answer(question, model: model, wishes: wishes, delivery: delivery)
        }
    }

    @Test func holdersOfDifferentKeysOfTheConfigurationAreToldApart() async throws {
        let owners = Owners()
        let door = FrontDoor(answering: owners, options: ServiceOptions(keys: ["one", "two"]))
        for key in ["one", "two", "one"] { _ = try await door.chat(headers: [.authorization: "Bearer \(key)"]) }
        _ = try await door.chat(headers: [HTTPField.Name("x-api-key")!: "two"])
        let all = owners.all
        #expect(all.count == 4 && !all.contains(nil))
        #expect(all[0] == all[2] && all[1] == all[3] && all[0] != all[1])
        let open = Owners()
        _ = try await FrontDoor(answering: open).chat()
        #expect(open.all == [nil])
    }
}
