import Gating
import Support
import Testing

struct LoadBalancerTests {
    /// Six seats for three experts: two each are wanted. Loads 4, 2, 0: down, stay, up, by the rate.
    @Test func theBusyGoDownAndTheIdleUp() throws {
        var balancer = try LoadBalancer(experts: 3, rate: 0.25)
        balancer.observe(loads: [4, 2, 0])
        #expect(balancer.bias == [-0.25, 0, 0.25])
        balancer.observe(loads: [3, 3, 0], partOfRate: 0.5)
        #expect(balancer.bias == [-0.375, -0.125, 0.375])
        balancer.observe(loads: [0, 0, 0])
        #expect(balancer.bias == [-0.375, -0.125, 0.375])
    }

    /// Half of eight seats is the most: 5 goes down, 3 and 0 would go up and are at 0 already.
    @Test func belowTheMostShareNobodyIsMoved() throws {
        var balancer = try LoadBalancer(experts: 3, mostShare: 0.5, rate: 0.25)
        balancer.observe(loads: [5, 3, 0])
        #expect(balancer.bias == [-0.25, 0, 0])
        balancer.observe(loads: [2, 3, 3])
        #expect(balancer.bias == [0, 0, 0])
    }

    /// 3 : 1 of eight seats are 6 and 2.
    @Test func eachExpertMayHaveAShareOfItsOwn() throws {
        var balancer = try LoadBalancer(targets: [3, 1], rate: 0.25)
        balancer.observe(loads: [6, 2])
        #expect(balancer.bias == [0, 0])
        balancer.observe(loads: [5, 3])
        #expect(balancer.bias == [0.25, -0.25])
    }

    /// Law: scores that favour some experts get loads near the wanted shares; the weights stay the scores.
    @Test func loadsComeNearTheirShares() throws {
        var random = TestRandom(seed: 71)
        let (rows, experts, seats) = (512, 6, 2)
        let values = (0..<rows * experts).map { index in
            Float(random.next() % 1000) / 1000 + Float(index % experts) / 4
        }
        let scores = try ScoreMatrix(rows: rows, experts: experts, values: values)
        var balancer = try LoadBalancer(experts: experts, rate: 0.01)
        func selection() throws -> Selection {
            try Gate(transforms: [balancer.transform()], normaliser: Identity(), selector: TopK(count: seats))
                .select(scores)
        }
        func worst(_ selection: Selection) -> Double {
            let loads = (0..<experts).map { expert in selection.expert.count { $0 == expert } }
            return Double(loads.max() ?? 0) * Double(experts) / Double(rows * seats)
        }
        let before = worst(try selection())
        for step in 0..<300 {
            balancer.observe(loads: loads(of: try selection(), experts), partOfRate: step < 200 ? 1 : 0.1)
        }
        let after = try selection()
        #expect(before > 1.8 && worst(after) < 1.1)
        for row in 0..<rows {
            for (expert, weight) in zip(after.experts(inRow: row), after.weights(inRow: row)) {
                #expect(weight == scores[row, expert])
            }
        }
    }

    @Test func aSelectionIsCountedSeatBySeat() throws {
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: 2))
            .select(ScoreMatrix(rows: 2, experts: 3, values: [3, 2, 1, 3, 1, 2]))
        var (counted, told) = (try LoadBalancer(experts: 3), try LoadBalancer(experts: 3))
        counted.observe(selection)
        told.observe(loads: [2, 1, 1])
        #expect(counted == told && counted.bias[0] < 0)
    }

    @Test func refusesSharesThatCannotBe() {
        #expect(throws: GateRefusal.self) { try LoadBalancer(targets: [1, -1]) }
        #expect(throws: GateRefusal.self) { try LoadBalancer(targets: [0, 0]) }
        #expect(throws: GateRefusal.self) { try LoadBalancer(experts: 3, rate: 0) }
        #expect(throws: GateRefusal.self) { try LoadBalancer(experts: 4, mostShare: 1.5) }
        let refusal = #expect(throws: GateRefusal.self) { try LoadBalancer(experts: 4, mostShare: 0.2) }
        #expect(
            refusal?.description
                == "LoadBalancer.mostShare: found 0.2 for 4 experts, expected a number from 1/4 to 1.")
    }

    private func loads(of selection: Selection, _ experts: Int) -> [Int] {
        (0..<experts).map { expert in selection.expert.count { $0 == expert } }
    }
}
