import Gating
import Support
import Testing

struct GroupLimitTests {
    /// Groups of three, the two best of each: 0.4 + 0.4 = 0.8, 0.5 + 0.4 = 0.9, 0.6 + 0.1 = 0.7. The first has the
    /// largest sum of all three and the third the best expert; the second stays.
    @Test func aGroupScoresTheSumOfItsTwoBest() throws {
        let row: [Float] = [0.4, 0.4, 0.4, 0.5, 0, 0.4, 0.1, 0.6, 0]
        #expect(try staying(row, groups: 3, kept: 1) == [3, 4, 5])
        #expect(try staying(row, groups: 3, kept: 2) == [0, 1, 2, 3, 4, 5])
        #expect(try staying(row, groups: 3, kept: 3) == Array(0..<9))
    }

    /// By the best alone: 0.4, 0.5, 0.6. By the three best: 1.2, 0.9, 0.7.
    @Test func howManyCountForAGroupIsASetting() throws {
        let row: [Float] = [0.4, 0.4, 0.4, 0.5, 0, 0.4, 0.1, 0.6, 0]
        #expect(try staying(row, groups: 3, kept: 1, best: 1) == [6, 7, 8])
        #expect(try staying(row, groups: 3, kept: 1, best: 3) == [0, 1, 2])
    }

    /// 0.25 + 0.5 three times, and 1.
    @Test func ofEqualGroupsTheLowerStays() throws {
        let row: [Float] = [0.25, 0.5, 0.5, 0.25, 0.75, 0, 0.5, 0.5]
        #expect(try staying(row, groups: 4, kept: 2) == [0, 1, 6, 7])
        #expect(try staying(row, groups: 4, kept: 3) == [0, 1, 2, 3, 6, 7])
    }

    /// Groups of 0.9 alone, of 0.4 + 0.6 = 1 and of nobody: the last never takes a place from another.
    @Test func excludedExpertsHaveNoPartInTheirGroup() throws {
        let row: [Float] = [.nan, 0.9, 0.4, 0.6, -.infinity, .nan]
        #expect(try staying(row, groups: 3, kept: 1) == [2, 3])
        #expect(try staying(row, groups: 3, kept: 2) == [1, 2, 3])
    }

    @Test func thoseWhoStayKeepTheirScoresAndNaNStaysNaN() throws {
        var row: [Float] = [1, 2, -3, 0.5, .nan, 7]
        var span = row.mutableSpan
        try GroupLimit(groups: 2, kept: 1, experts: 6).apply(to: &span)
        #expect(row[0...2].allSatisfy { $0 == -.infinity })
        #expect(agree(Array(row[3...]), [0.5, .nan, 7], within: 0))
    }

    /// DeepSeek-V3's gate: shares 0.5, 0.75, 0.25, 0.5, to choose by 0.5, 0.75, 0.25 + 1, 0.5 + 0. Group sums 1.25 and
    /// 1.75, so experts 2 and 3 are chosen. They weigh their shares without the bias, 0.25 and 0.5 of 0.75, times 2.5.
    @Test func theGateOfDeepSeekWeighsWithoutBias() throws {
        let gate = try Gate(
            transforms: [SelectionBias([0, 0, 1, 0]), GroupLimit(groups: 2, kept: 1, experts: 4)],
            normaliser: Identity(), selector: TopK(count: 2), weightPolicy: Scale(by: 2.5, after: Renormalise()))
        let selection = try gate.select(ScoreMatrix(row: [0.5, 0.75, 0.25, 0.5]))
        #expect(selection.expert == [2, 3])
        #expect(agree(selection.weight, [2.5 / 3, 5.0 / 3], within: 1e-6))
    }

    /// Law: the same experts as sorting the groups by their sums, lower first where equal; whatever the row.
    @Test func agreesWithSortingTheGroups() throws {
        var random = TestRandom(seed: 51)
        for _ in 0..<400 {
            let (groups, size) = (1 + Int(random.next() % 6), 1 + Int(random.next() % 5))
            let kept = 1 + Int(random.next() % UInt64(groups))
            let row = random.awkwardRow(count: groups * size)
            let members = (0..<groups).map { group in
                (group * size..<(group + 1) * size).filter { row[$0] > -.infinity }
            }
            let sums = members.map { $0.map { row[$0] }.sorted(by: >).prefix(2).reduce(0, +) }
            let best = (0..<groups).filter { !members[$0].isEmpty }.sorted { (-sums[$0], $0) < (-sums[$1], $1) }
            #expect(try staying(row, groups: groups, kept: kept) == best.prefix(kept).flatMap { members[$0] }.sorted())
        }
    }

    @Test(arguments: [0, -1, 3, 9])
    func refusesGroupsThatAreNotEqual(groups: Int) {
        let refusal = #expect(throws: GateRefusal.self) { try GroupLimit(groups: groups, kept: 1, experts: 8) }
        #expect(refusal?.description == "GroupLimit.groups: found \(groups), expected a divisor of the 8 experts.")
    }

    @Test(arguments: [0, -1, 5])
    func refusesToKeepNoneOrMoreThanThereAre(kept: Int) {
        let refusal = #expect(throws: GateRefusal.self) { try GroupLimit(groups: 4, kept: kept, experts: 8) }
        #expect(refusal?.description == "GroupLimit.kept: found \(kept), expected 1 to 4 groups.")
    }

    @Test func refusesToScoreAGroupByNobody() {
        let refusal = #expect(throws: GateRefusal.self) { try GroupLimit(groups: 2, kept: 1, experts: 8, best: 0) }
        #expect(refusal?.description == "GroupLimit.best: found 0, expected a whole number of 1 or more.")
    }

    @Test func refusesScoresForAnotherNumberOfExperts() throws {
        let gate = try Gate(transforms: [GroupLimit(groups: 2, kept: 1, experts: 8)], selector: TopK(count: 1))
        let refusal = #expect(throws: GateRefusal.self) { try gate.select(ScoreMatrix(row: [1, 2])) }
        #expect(refusal?.description == "GroupLimit: found scores for 2 experts, expected scores for 8.")
    }

    /// The experts of `row` that may still be chosen.
    private func staying(_ row: [Float], groups: Int, kept: Int, best: Int = 2) throws -> [Int] {
        var result = row
        var span = result.mutableSpan
        try GroupLimit(groups: groups, kept: kept, experts: row.count, best: best).apply(to: &span)
        return result.indices.filter { result[$0] > -.infinity }
    }
}
