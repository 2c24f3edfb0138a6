import Core
import Routing
import Testing

struct BalancedSeatsTests {
    private let evidence = Evidence.known(experts: ["a", "b", "c", "d", "e"], questions: 1000)

    private func shares(_ seated: [[Int]]) -> [Double] {
        let total = Double(seated.reduce(0) { $0 + $1.count })
        return (0..<5).map { expert in Double(seated.count { $0.contains(expert) }) / total }
    }

    /// Laws: nobody holds more than the wanted share (and a hundredth for the last step of the bias), all seats are
    /// filled, and without the bias somebody held more.
    @Test(arguments: [(1, 0.25), (2, 0.24), (3, 0.22)])
    func nobodyHoldsMoreThanTheWantedShare(seats: Int, mostShare: Double) throws {
        let plain = shares(try KnownLearner().seated(evidence, seats: seats))
        let seated = try BalancedSeats(KnownLearner(), mostShare: mostShare).seated(evidence, seats: seats)
        #expect((plain.max() ?? 0) > mostShare + 0.02)
        #expect((shares(seated).max() ?? 1) < mostShare + 0.01)
        #expect(seated.allSatisfy { $0.count == seats })
    }

    /// Law: fresh questions of the same kind are spread alike.
    @Test func theShareHoldsOnOtherQuestionsToo() throws {
        let router = try BalancedSeats(KnownLearner(), mostShare: 0.25).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 1)
        let fresh = Evidence.known(experts: ["a", "b", "c", "d", "e"], questions: 1000, seed: 9)
        let seated = try fresh.views.map { try router.recruit(for: $0, seats: 2, using: &random).experts }
        #expect((shares(seated).max() ?? 1) < 0.27)
    }

    /// A share that five experts cannot bear means that all hold the same.
    @Test func withTooFewExpertsForTheShareAllHoldTheSame() throws {
        let held = shares(try BalancedSeats(KnownLearner(), mostShare: 0.01).seated(evidence, seats: 1))
        #expect(held.allSatisfy { abs($0 - 0.2) < 0.04 })
    }
}
