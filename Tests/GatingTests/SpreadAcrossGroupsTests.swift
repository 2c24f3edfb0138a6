import Gating
import Support
import Testing

struct SpreadAcrossGroupsTests {
    /// Experts 0, 1, 2 are of one group, 3 and 4 of another. The best three of at most one or two each.
    @Test func aGroupThatHasItsSeatsIsPassedOver() throws {
        let row: [Float] = [0.9, 0.8, 0.7, 0.3, 0.4]
        let groups = [0, 0, 0, 1, 1]
        #expect(chosen(by: try SpreadAcrossGroups(count: 3, limit: 1, groups: groups), from: row) == [0, 4])
        #expect(chosen(by: try SpreadAcrossGroups(count: 3, limit: 2, groups: groups), from: row) == [0, 1, 4])
        #expect(chosen(by: try SpreadAcrossGroups(count: 3, limit: 3, groups: groups), from: row) == [0, 1, 2])
    }

    @Test func excludedExpertsTakeNoSeatOfTheirGroup() throws {
        let selector = try SpreadAcrossGroups(count: 2, limit: 1, groups: [0, 0, 1])
        #expect(chosen(by: selector, from: [.nan, 0.1, 0.5]) == [2, 1])
    }

    /// Laws: never more than the limit of a group, never more than the seats, and nobody who was passed over could sit.
    @Test func fillsSeatsBestFirstWithinTheLimits() throws {
        var random = TestRandom(seed: 63)
        for _ in 0..<400 {
            let row = random.awkwardRow(count: 10)
            let groups = row.map { _ in Int(random.next() % 4) }
            let (count, limit) = (1 + Int(random.next() % 6), 1 + Int(random.next() % 3))
            var expected: [Int] = []
            for expert in ranked(row) where expected.count < count {
                if expected.count(where: { groups[$0] == groups[expert] }) < limit { expected.append(expert) }
            }
            #expect(
                chosen(by: try SpreadAcrossGroups(count: count, limit: limit, groups: groups), from: row) == expected)
        }
    }

    @Test func aGroupBeyondTheExpertsIsRefused() {
        let refusal = #expect(throws: GateRefusal.self) { try SpreadAcrossGroups(count: 1, limit: 1, groups: [0, 2]) }
        #expect(
            refusal?.description
                == "SpreadAcrossGroups.groups: found group 2 of expert 1, expected a number from 0 up to, not including, 2."
        )
        #expect(throws: GateRefusal.self) { try SpreadAcrossGroups(count: 0, limit: 1, groups: [0]) }
        #expect(throws: GateRefusal.self) { try SpreadAcrossGroups(count: 1, limit: 0, groups: [0]) }
    }
}
