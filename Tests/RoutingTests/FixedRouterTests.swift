import Core
import Routing
import Testing

struct FixedRouterTests {
    private let pool = [Make.contender("a", [:]), Make.contender("b", [:])]

    @Test func seatsItsMembersInOrder() throws {
        let recruited = try FixedRouter(members: ["b", "a", "b"]).recruit(for: Make.need(), from: pool, seed: 0)
        #expect(recruited.seats.map(\.expert) == ["b", "a", "b"])
        #expect(recruited.seats.map(\.probability) == [1, 1, 1])
    }

    @Test func noMembersMeansEverybody() throws {
        #expect(try FixedRouter(members: []).recruit(for: Make.need(), from: pool, seed: 0).experts == ["a", "b"])
    }

    @Test func saysWhenAMemberIsAway() throws {
        let recruited = try FixedRouter(members: ["a", "away"]).recruit(for: Make.need(), from: pool, seed: 0)
        #expect(recruited.experts == ["a"])
        #expect(recruited.reason == "named by the route; 1 cannot answer now")
    }
}
