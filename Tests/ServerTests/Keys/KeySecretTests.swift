import Core
import Server
import Testing

struct KeySecretTests {
    private static func secret(_ first: UInt64 = 0x0706_0504_0302_0100) -> KeySecret {
        var next = first
        return KeySecret {
            defer { next &+= 0x0808_0808_0808_0808 }
            return next
        }
    }

    /// The bytes 0 to 31. `python3 -c "import base64,hashlib; s='mk-'+base64.urlsafe_b64encode(bytes(range(32))).decode()
    /// .rstrip('='); print(s, hashlib.sha256(s.encode()).hexdigest())"`
    @Test func isAMarkAndThirtyTwoBytesOfChance() {
        let secret = Self.secret()
        #expect(secret.reveal() == "mk-AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        let hex = secret.digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == "1d2beb8d6ab42cb44a2772bb65d02d15c697fb7fd609af059966491286ea6a70")
    }

    @Test func showsOnlyItsBeginning() {
        let secret = Self.secret()
        var dumped = ""
        dump(secret, to: &dumped)
        for shown in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!shown.contains("AAECAw"))
        }
        #expect("\(secret)" == "mk-AAEC…" && secret.prefix == "mk-AAEC")
    }

    @Test func aDigestMatchesOnlyItself() throws {
        let digest = Self.secret().digest
        #expect(digest.matches(Self.secret().digest))
        for index in 0..<32 {
            var bytes = digest.bytes
            bytes[index] ^= 0x80
            #expect(!digest.matches(try #require(KeyDigest(bytes))))
        }
        #expect(KeyDigest(repeatElement(0, count: 31)) == nil)
    }

    @Test(arguments: [
        ("", "name: \"\" is not a name for a key"), ("a b", "name: \"a b\" is not a name for a key"),
        ("key_x", "name: \"key_x\" is not a name for a key"),
    ])
    func anOddNameIsRefused(_ name: String, begins: String) {
        let found = #expect(throws: Fault.self) { _ = try make(KeyOrder(name: name)) }
        #expect(found?.sentence.hasPrefix(begins) == true)
    }

    @Test func aRouteThatDoesNotExistIsRefusedWithTheNearest() {
        let found = #expect(throws: Fault.self) { _ = try make(KeyOrder(name: "web", scope: ["atuo"])) }
        #expect(
            found?.sentence == """
                route or expert "atuo": there is no such route or expert. Did you mean auto? A key's routes name what it \
                may use.
                """)
    }

    @Test func limitsThatMakeNoSenseAreRefused() {
        let orders: [(KeyOrder, String)] = [
            (KeyOrder(name: "web", rates: RateLimits(requestsPerMinute: 0)), "requests_per_minute"),
            (KeyOrder(name: "web", rates: RateLimits(tokensPerMinute: -1)), "tokens_per_minute"),
            (KeyOrder(name: "web", budget: KeyBudget(dollars: 0)), "budget_dollars"),
            (KeyOrder(name: "web", budget: KeyBudget(dollars: .nan)), "budget_dollars"),
            (KeyOrder(name: "web", budget: KeyBudget(calls: 0)), "budget_calls"),
            (KeyOrder(name: "web", budget: KeyBudget(period: .month)), "period"),
            (KeyOrder(name: "web", lifetime: .zero), "expires"),
        ]
        for (order, subject) in orders {
            let found = #expect(throws: Fault.self) { _ = try make(order) }
            #expect(found?.subject == subject && found?.code == .invalidRequest)
        }
    }

    private func make(_ order: KeyOrder) throws -> ClientKey {
        try order.make(models: ["auto", "general"], now: Timestamp(microseconds: 0)) { 5 }.key
    }

    @Test func aRotatedKeyHasTwoSecretsForAWhile() throws {
        let key = try make(KeyOrder(name: "web"))
        let now = Timestamp(microseconds: 1_000_000)
        let (rotated, secret) = try key.rotated(grace: .seconds(60), now: now) { 77 }
        #expect(rotated.secret == secret.digest && rotated.former?.secret == key.secret)
        #expect(rotated.former?.until == Timestamp(microseconds: 61_000_000))
        #expect(try key.rotated(grace: .zero, now: now) { 77 }.key.former == nil)
        let found = #expect(throws: Fault.self) {
            _ = try key.revoked(at: now).rotated(grace: .zero, now: now) { 77 }
        }
        #expect(found?.sentence == "key \"web\": it was revoked. Create a new one.")
    }
}
