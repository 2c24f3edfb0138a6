import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Testing

struct KeyDoorTests {
    @Test func withoutAnyKeyTheDoorIsOpenAndWithTheFirstItIsNot() async throws {
        let shop = KeyShop()
        try await shop.ring.refresh()
        #expect(try await shop.door.chat().status == 200)
        let (key, headers) = try await shop.key(KeyOrder(name: "web"))
        try await shop.ring.refresh()
        #expect(try await shop.door.chat().status == 401)
        #expect(try await shop.door.chat(headers: headers).status == 200)
        // A revoked last key does not open it again.
        try await shop.shelf.replace(key.revoked(at: ManualTime.start))
        try await shop.ring.refresh()
        for headers in [headers, [:]] { #expect(try await shop.door.chat(headers: headers).status == 401) }
    }

    @Test func aKeyThatWasMadeThisMomentCounts() async throws {
        let shop = KeyShop()
        _ = try await shop.key(KeyOrder(name: "old"))
        try await shop.ring.refresh()
        let (_, headers) = try await shop.key(KeyOrder(name: "new"))
        #expect(try await shop.door.chat(headers: headers).status == 200)
    }

    @Test(arguments: ["mk-", "mk-AAAA", "sk-x", "mk-" + String(repeating: "A", count: 43), "mk-\u{E9}"])
    func aKeyOfNobodyIs401(_ secret: String) async throws {
        let shop = KeyShop()
        _ = try await shop.key(KeyOrder(name: "web"))
        try await shop.ring.refresh()
        let reply = try await shop.door.chat(headers: [.authorization: "Bearer \(secret)"])
        #expect(reply.status == 401 && reply.refusal?.code == "invalid_api_key")
        #expect(!reply.body.contains(secret) || secret == "mk-")
    }

    @Test func aConfiguredKeyHasNoLimits() async throws {
        let shop = KeyShop(options: ServiceOptions(keys: ["sk-own"]))
        _ = try await shop.key(KeyOrder(name: "web", scope: ["auto"]))
        let reply = try await shop.door.chat(Samples.chat(model: "general"), headers: [.authorization: "Bearer sk-own"])
        #expect(reply.status == 200 && reply.header("x-ratelimit-limit-requests") == nil)
        #expect(shop.door.service.asked.last?.wishes.asker == nil)
    }

    @Test func anExpiredKeyIsToldSo() async throws {
        let shop = KeyShop()
        let (_, headers) = try await shop.key(KeyOrder(name: "web", lifetime: .seconds(60)))
        #expect(try await shop.door.chat(headers: headers).status == 200)
        shop.door.time.advance(by: .seconds(60))
        let reply = try await shop.door.chat(headers: headers)
        #expect(reply.status == 401 && reply.refusal?.message.hasPrefix("The API key web has expired.") == true)
    }

    @Test func theOldSecretOfARotatedKeyCountsForItsGrace() async throws {
        let shop = KeyShop()
        let (key, old) = try await shop.key(KeyOrder(name: "web"))
        let (rotated, secret) = try key.rotated(grace: .seconds(60), now: ManualTime.start) { 77 }
        try await shop.shelf.replace(rotated)
        try await shop.ring.refresh()
        let new: HTTPFields = [.authorization: "Bearer \(secret.reveal())"]
        for headers in [old, new] { #expect(try await shop.door.chat(headers: headers).status == 200) }
        shop.door.time.advance(by: .seconds(60))
        #expect(try await shop.door.chat(headers: old).status == 401)
        #expect(try await shop.door.chat(headers: new).status == 200)
    }

    @Test func theAskerGoesWithTheQuestion() async throws {
        let shop = KeyShop()
        let (key, headers) = try await shop.key(KeyOrder(name: "web", scope: ["auto"]))
        for body in [Samples.chat(), Samples.chat(#""n": 2"#), Samples.chat(#""stream": true"#)] {
            _ = try await shop.door.chat(body, headers: headers)
        }
        _ = try await shop.door.post("/v1/route", Samples.chat(), headers: headers)
        let askers = shop.door.service.asked.map(\.wishes.asker)
        #expect(askers.count == 5)
        for asker in askers { #expect(asker?.key == key.id && asker?.scope == ["auto"] && asker?.account != nil) }
    }

    @Test func ratesAreToldAndKept() async throws {
        let shop = KeyShop()
        let (_, headers) = try await shop.key(
            KeyOrder(name: "web", rates: RateLimits(requestsPerMinute: 2, tokensPerMinute: 500)))
        let first = try await shop.door.chat(headers: headers)
        let told = ["limit-requests", "remaining-requests", "reset-requests", "limit-tokens", "remaining-tokens"]
        #expect(told.map { first.header("x-ratelimit-" + $0) } == ["2", "1", "60s", "500", "500"])
        // What asks no expert is not counted.
        for _ in 0..<3 { #expect(try await shop.door.get("/v1/models", headers: headers).status == 200) }
        #expect(try await shop.door.chat(headers: headers).status == 200)
        let refused = try await shop.door.chat(headers: headers)
        #expect(refused.status == 429 && refused.refusal?.type == "rate_limit_error")
        #expect(refused.refusal?.code == "rate_limit_exceeded")
        #expect(refused.header("retry-after-ms") == "60000" && refused.header("retry-after") == "60")
        #expect(refused.header("x-should-retry") == nil && refused.header("x-ratelimit-remaining-requests") == "0")
        shop.door.time.advance(by: .seconds(60))
        #expect(try await shop.door.chat(headers: headers).status == 200)
    }

    @Test func anEmbedderOutsideItsScopeIsNeitherListedNorUsed() async throws {
        struct Ones: Embedder {
            let name = "ones"
            func embed(_ texts: [String]) async throws -> [[Float]] { texts.map { _ in [1] } }
        }
        let shelf = EmbedderShelf(["in", "out"].map { .init(id: $0, summary: "", embedder: Ones()) })
        let shop = KeyShop(embedders: shelf)
        let (key, headers) = try await shop.key(
            KeyOrder(name: "web", scope: ["in"], budget: KeyBudget(calls: 1)), models: ["in", "out"])
        let listed = try await shop.door.get("/v1/models", headers: headers)
        #expect(listed.body.contains(#""id":"in""#) && !listed.body.contains(#""id":"out""#))
        func embed(_ model: String) async throws -> Reply {
            try await shop.door.post("/v1/embeddings", #"{"model": "\#(model)", "input": "hi"}"#, headers: headers)
        }
        #expect(try await embed("out").status == 403)
        #expect(try await embed("in").status == 200)
        let second = try await embed("in")
        #expect(second.status == 429 && second.refusal?.type == "insufficient_quota")
        try await shop.ring.flush()
        #expect(try await shop.shelf.spending(of: key.id, in: "total").spent.calls == 1)
    }

    @Test func seesOnlyItsOwnTraces() async throws {
        var (mine, others) = (Samples.trace(id: "mine"), Samples.trace(id: "others"))
        let traces = TraceShelf([])
        let shop = KeyShop(traces: traces, options: ServiceOptions(keys: ["sk-own"]))
        let (key, headers) = try await shop.key(KeyOrder(name: "web"))
        mine.key = key.id
        others.key = "key_other"
        for trace in [mine, others, Samples.trace(id: "nobodys")] { traces.keep(trace) }
        #expect(try await shop.door.get("/v1/traces/mine", headers: headers).status == 200)
        for id in ["others", "nobodys"] {
            #expect(try await shop.door.get("/v1/traces/\(id)", headers: headers).status == 404)
            let body = #"{"trace_id": "\#(id)", "score": 1}"#
            #expect(try await shop.door.post("/v1/feedback", body, headers: headers).status == 404)
        }
        let body = #"{"trace_id": "mine", "score": 1}"#
        #expect(try await shop.door.post("/v1/feedback", body, headers: headers).status == 200)
        let list = try await shop.door.get("/v1/traces", headers: headers)
        #expect(list.status == 403 && list.refusal?.code == "not_allowed")
        #expect(try await shop.door.get("/v1/traces", headers: [.authorization: "Bearer sk-own"]).status == 200)
    }

    @Test func aRevokedKeyIsGoneFromTheNextRefreshOnAndWhatItSpentIsNoted() async throws {
        let shop = KeyShop()
        let (key, headers) = try await shop.key(KeyOrder(name: "web", budget: KeyBudget(calls: 100)))
        _ = try await shop.door.chat(headers: headers)
        let account = try #require(shop.ring.account(ofKey: key.id))
        let spend = Spend(nanodollars: 1, tokens: 2, calls: 3)
        let underWay = try await account.reserve(spend)
        try await shop.shelf.replace(key.revoked(at: ManualTime.start))
        try await shop.ring.refresh()
        #expect(try await shop.door.chat(headers: headers).status == 401)
        #expect(shop.ring.asker(key: key.id) == nil)
        try await shop.ring.flush()
        underWay.settle(spend)
        try await shop.ring.flush()
        #expect(try await shop.shelf.spending(of: key.id, in: "total") == Spending(spent: spend))
    }
}
