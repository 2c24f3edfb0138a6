import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Synchronization
import Testing

struct AdminRoutesTests {
    /// Says what it was told to be the accounts.
    private struct Accounts: PriceStore {
        func spend(by grouping: SpendReport.Grouping, since moment: Timestamp) async throws -> [SpendReport.Line] {
            [
                .init(
                    name: grouping.rawValue, questions: 1, calls: 2, promptTokens: 3, completionTokens: 4, dollars: 0.5,
                    reportedDollars: Double(moment.seconds))
            ]
        }

        func note(_ prices: [PriceRecord]) async throws {}
        func prices() async throws -> [PriceRecord] { [] }
    }

    private static let headers: HTTPFields = [.authorization: "Bearer adm-secret"]
    private let shelf = KeyShelf()
    private let door: FrontDoor

    init() {
        let time = ManualTime(.waits)
        let directory = ExpertDirectory([FakeExpert("general", replies: [])])
        let counter = Mutex(UInt64(1))
        let ring = KeyRing(store: shelf, holder: "here", time: time.source)
        let admin = AdminParts(
            key: Secret(variable: "ADMIN", value: "adm-secret"), ring: ring, prices: Accounts(),
            directory: { directory },
            entropy: {
                counter.withLock {
                    $0 += 1
                    return $0 &* 0x9E37_79B9_7F4A_7C15
                }
            })
        door = FrontDoor(keys: ring, admin: admin, time: time)
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Reply {
        try await door.send(
            method, path, body: body.map { Array($0.utf8) }, headers: Self.headers + [.contentType: "application/json"])
    }

    @Test func withoutAnAdminKeyThereIsNoAdminAPI() async throws {
        let reply = try await FrontDoor().get("/admin/keys", headers: Self.headers)
        #expect(reply.status == 404 && reply.refusal?.code == "admin_switched_off")
        #expect(
            reply.refusal?.message == """
                The admin API is switched off. Set server.admin_key: "${env.MUSTER_ADMIN_KEY}" to switch it on.
                """)
    }

    @Test func onlyTheAdminKeyOpensIt() async throws {
        let made = try await send(.post, "/admin/keys", #"{"name": "web"}"#).json["secret"]?.text
        let client = try #require(made)
        for key in ["adm-secre", "adm-secret2", "", client] {
            let reply = try await door.get("/admin/keys", headers: [.authorization: "Bearer \(key)"])
            #expect(reply.status == 401 && !reply.body.contains("adm-secret"))
        }
        #expect(try await door.get("/admin/keys").status == 401)
        // And it opens nothing else.
        #expect(try await door.get("/v1/models", headers: Self.headers).status == 401)
    }

    @Test func aKeyIsMadeShownListedRotatedAndRevoked() async throws {
        let made = try await send(
            .post, "/admin/keys",
            """
            {"name": "web", "routes": ["auto"], "requests_per_minute": 60, "tokens_per_minute": 9000,
             "budget_dollars": 5, "period": "month", "expires_in_seconds": 86400}
            """)
        #expect(made.status == 201 && made.header("cache-control") == "no-store")
        let secret = try #require(try made.json["secret"]?.text)
        let key = try #require(try made.json["key"])
        #expect(key["name"] == .string("web") && key["state"] == .string("active"))
        #expect(key["routes"] == .array([.string("auto")]) && key["requests_per_minute"] == .integer(60))
        #expect(key["budget"] == .object(["dollars": .integer(5)]) && key["period"] == .string("2023-11"))
        #expect(key["prefix"]?.text == String(secret.prefix(7)) + "…")
        #expect(try await door.get("/v1/models", headers: [.authorization: "Bearer \(secret)"]).status == 200)

        for path in ["/admin/keys", "/admin/keys/web", "/admin/keys/\(key["id"]?.text ?? "")"] {
            let reply = try await send(.get, path)
            #expect(reply.status == 200 && reply.body.contains("web") && !reply.body.contains(secret))
            #expect(!reply.body.contains("digest"))
        }

        let rotated = try await send(.post, "/admin/keys/web/rotate")
        let fresh = try #require(try rotated.json["secret"]?.text)
        #expect(rotated.status == 200 && fresh != secret)
        #expect(try await door.get("/v1/models", headers: [.authorization: "Bearer \(secret)"]).status == 401)
        #expect(try await door.get("/v1/models", headers: [.authorization: "Bearer \(fresh)"]).status == 200)

        let revoked = try await send(.delete, "/admin/keys/web")
        #expect(try revoked.status == 200 && revoked.json["state"] == .string("revoked"))
        #expect(try await door.get("/v1/models", headers: [.authorization: "Bearer \(fresh)"]).status == 401)
        let lines = door.log.all.joined()
        #expect(!lines.contains(secret) && !lines.contains(fresh))
    }

    @Test(arguments: [
        ("{}", "name"), (#"{"name": 5}"#, "name"), (#"{"name": "a b"}"#, "name"),
        (#"{"name": "web", "routes": "auto"}"#, "routes"),
        (#"{"name": "web", "budget_dollars": -1}"#, "budget_dollars"),
        (#"{"name": "web", "period": "week"}"#, "period"), (#"{"name": "web", "budget": 5}"#, "budget"),
        (#"{"name": "web", "requests_per_minute": 0}"#, "requests_per_minute"),
        (#"{"name": "web", "expires_in_seconds": 0}"#, "expires_in_seconds"),
    ])
    func anOrderThatIsWrongIsRefusedByItsMember(_ body: String, member: String) async throws {
        let reply = try await send(.post, "/admin/keys", body)
        #expect(reply.status == 400 && reply.refusal?.param == member)
        #expect(try await shelf.keys().isEmpty)
    }

    @Test func anUnknownKeyIs404WithTheNearest() async throws {
        _ = try await send(.post, "/admin/keys", #"{"name": "website"}"#)
        for (method, path) in [
            (HTTPRequest.Method.get, "/admin/keys/webste"), (.delete, "/admin/keys/webste"),
            (.post, "/admin/keys/webste/rotate"),
        ] {
            let reply = try await send(method, path)
            #expect(reply.status == 404 && reply.refusal?.code == "key_not_found")
            #expect(reply.refusal?.message.contains("Did you mean website?") == true)
        }
    }

    @Test func spendingIsGroupedAndBounded() async throws {
        let month = try await send(.get, "/admin/spend").json
        #expect(month["by"] == .string("key") && month["since"] == .integer(1_698_796_800_000_000))
        let day = try await send(.get, "/admin/spend?by=expert&since=2023-11-14").json["data"]?.elements?.first
        #expect(day?["name"] == .string("expert") && day?["reported_dollars"] == .integer(1_699_920_000))
        let second = try await send(.get, "/admin/spend?by=route&since=17").json["data"]?.elements?.first
        #expect(second?["reported_dollars"] == .integer(17))
        for query in ["by=moon", "since=yesterday", "since=-1", "since=2023-02-30", "since=99999999999999999999"] {
            let reply = try await send(.get, "/admin/spend?\(query)")
            #expect(reply.status == 400 && query.hasPrefix(reply.refusal?.param ?? "?"))
        }
    }

    @Test func anExpertPausesUntilItIsResumed() async throws {
        let paused = try await send(.post, "/admin/experts/general/pause")
        #expect(try paused.status == 200 && paused.json["state"] == .string("paused"))
        let listed = try await send(.get, "/admin/experts").json["data"]?.elements?.first
        #expect(listed?["because"] == .string("it is paused by the administrator"))
        #expect(listed?["price_version"]?.text == Price.free.version)
        #expect(try await send(.post, "/admin/experts/general/resume").json["state"] == .string("ready"))
        let unknown = try await send(.post, "/admin/experts/genral/pause")
        #expect(unknown.status == 404 && unknown.refusal?.message.contains("Did you mean general?") == true)
    }

    @Test func otherMethodsAndPathsAreSaid() async throws {
        let reply = try await send(.put, "/admin/keys")
        #expect(reply.status == 405 && reply.header("allow") == "GET, POST")
        #expect(try await send(.get, "/admin/experts/general/pause").status == 405)
        #expect(try await send(.get, "/admin").status == 404)
        #expect(try await send(.get, "/admin/nothing").refusal?.message.contains("/admin/spend") == true)
    }
}
