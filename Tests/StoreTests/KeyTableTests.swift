import Core
import Foundation
import Store
import Testing

struct KeyTableTests {
    private func key(_ number: UInt8, name: String = "web", scope: [String] = []) throws -> ClientKey {
        ClientKey(
            id: "key_\(number)", name: name, secret: try #require(KeyDigest(repeatElement(number, count: 32))),
            prefix: "mk-AAAA", scope: scope, createdAt: Timestamp(microseconds: 5))
    }

    @Test func givesBackWhatItWasGiven() async throws {
        let store = try Samples.store(":memory:")
        var key = try key(200, scope: ["auto", "na\u{EF}ve 🦊", "a,b\""])
        key.rates = RateLimits(requestsPerMinute: 3, tokensPerMinute: 4)
        key.budget = KeyBudget(dollars: 0.1, tokens: 5, calls: 6, period: .month)
        key.expiresAt = Timestamp(microseconds: 7)
        key.former = .init(secret: try self.key(9).secret, until: Timestamp(microseconds: 8))
        try await store.add(key)
        #expect(try await store.keys() == [key])
        key.revokedAt = Timestamp(microseconds: 9)
        key.former = nil
        try await store.replace(key)
        #expect(try await store.keys() == [key])
    }

    @Test func aNameIsInUseOnce() async throws {
        let store = try Samples.store(":memory:")
        var first = try key(1)
        try await store.add(first)
        let found = await fault { try await store.add(try self.key(2)) }
        #expect(found?.code == .invalidRequest)
        #expect(
            found?.sentence == """
                key "web": there is a key of this name already. Choose another name; muster key rotate gives the old \
                one a new secret.
                """)
        first.revokedAt = Timestamp(microseconds: 9)
        try await store.replace(first)
        try await store.add(key(2))
        #expect(try await store.keys().map(\.id) == ["key_1", "key_2"])
    }

    /// A rotation that read the key before it was revoked.
    @Test func aRevokedKeyStaysRevokedWhateverIsPutInItsPlace() async throws {
        let store = try Samples.store(":memory:")
        let read = try key(1)
        try await store.add(read)
        var revoked = read
        revoked.revokedAt = Timestamp(microseconds: 9)
        try await store.replace(revoked)
        var rotated = read
        rotated.secret = try key(2).secret
        let found = await fault { try await store.replace(rotated) }
        #expect(found?.code == .invalidRequest)
        #expect(found?.sentence == #"key "web": it was revoked. Create a new one."#)
        #expect(try await store.keys() == [revoked])
        var later = revoked
        later.revokedAt = Timestamp(microseconds: 10)
        try await store.replace(later)
        #expect(try await store.keys() == [revoked])
    }

    @Test func everyChangeIsSeenByAnotherProgram() async throws {
        let folder = try TemporaryFolder()
        let (here, there) = (try Samples.store(folder.file), try Samples.store(folder.file))
        var seen: [Int] = [try await there.keyChanges()]
        try await here.add(key(1))
        seen.append(try await there.keyChanges())
        try await here.replace(key(1, name: "other"))
        seen.append(try await there.keyChanges())
        #expect(Set(seen).count == 3)
        try await here.settle([
            Settlement(
                purse: PurseName(key: "key_1", period: "total", holder: "h"),
                spent: Spend(nanodollars: 1, tokens: 1, calls: 1), covered: .none)
        ])
        #expect(try await there.keyChanges() == seen.last)
    }

    @Test func theFileHoldsNoSecret() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.add(key(1))
        try await store.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        #expect(bytes.range(of: Data(String(repeating: "01", count: 32).utf8)) != nil)
        #expect(bytes.range(of: Data("mk-AAAA".utf8)) != nil)
    }
}
