import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Testing

/// Two who change one key at the same time.
@Suite(.timeLimit(.minutes(1)))
struct KeyChangeTests {
    private struct NoPrices: PriceStore {
        func spend(by grouping: SpendReport.Grouping, since moment: Timestamp) async throws -> [SpendReport.Line] { [] }
        func note(_ prices: [PriceRecord]) async throws {}
        func prices() async throws -> [PriceRecord] { [] }
    }

    /// Lets others go on between reading and writing.
    private struct LeisurelyShelf: KeyStore, SpendStore {
        let shelf = KeyShelf()

        func keys() async throws -> [ClientKey] {
            let keys = try await shelf.keys()
            for _ in 0..<20 { await Task.yield() }
            return keys
        }

        func keyChanges() async throws -> Int { try await shelf.keyChanges() }
        func add(_ key: ClientKey) async throws { try await shelf.add(key) }
        func replace(_ key: ClientKey) async throws { try await shelf.replace(key) }
        func settle(_ settlements: [Settlement]) async throws { try await shelf.settle(settlements) }
        func spending(of key: String, in period: String) async throws -> Spending {
            try await shelf.spending(of: key, in: period)
        }
        func take(
            _ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget
        ) async throws -> Taking { try await shelf.take(needed, upTo: wanted, from: purse, of: budget) }
    }

    @Test func aKeyThatIsRotatedWhileItIsRevokedStaysRevoked() async throws {
        let shelf = LeisurelyShelf()
        let time = ManualTime(.waits)
        let ring = KeyRing(store: shelf, holder: "here", time: time.source)
        let admin = AdminParts(
            key: Secret(variable: "ADMIN", value: "adm"), ring: ring, prices: NoPrices(),
            directory: { ExpertDirectory([FakeExpert("general", replies: [])]) },
            entropy: {
                var system = SystemRandomNumberGenerator()
                return system.next()
            })
        let door = FrontDoor(keys: ring, admin: admin, time: time)
        let headers: HTTPFields = [.authorization: "Bearer adm"]
        for number in 0..<10 {
            let name = "web\(number)"
            #expect(try await door.post("/admin/keys", #"{"name": "\#(name)"}"#, headers: headers).status == 201)
            async let rotated = door.post("/admin/keys/\(name)/rotate", #"{"grace_seconds": 1000}"#, headers: headers)
            async let revoked = door.send(.delete, "/admin/keys/\(name)", headers: headers)
            let (rotation, revocation) = try await (rotated, revoked)
            #expect(revocation.status == 200 && [200, 400].contains(rotation.status))
            #expect(try await shelf.keys().first { $0.name == name }?.revokedAt != nil)
        }
    }
}
