import Bench
import Core
import Testing

struct ScoreTableTests {
    @Test func meansLeaveOutWhatWasNotAsked() {
        let table = ScoreTable(
            experts: ["a", "b"], scores: [1, .nan, 0, 1, 1, .nan], categories: [0, 0, 0], categoryNames: ["c"])
        #expect(table.means() == [2.0 / 3, 1])
        // b was asked one question of three, a all: b's 100 % do not count.
        #expect(table.bestExpert() == 0)
        #expect(table.oracle() == [1, 1, 1])
        #expect(table.oracle(without: 1) == [1, 0, 1])
        #expect(table.lot() == [1, 0.5, 1])
    }

    @Test func amongEqualsTheFirstIsBest() {
        let table = ScoreTable(experts: ["a", "b"], scores: [1, 0, 0, 1], categories: [-1, -1], categoryNames: [])
        #expect(table.bestExpert() == 0)
        #expect(ScoreTable(experts: ["a"], scores: [.nan], categories: [-1], categoryNames: []).bestExpert() == nil)
    }

    @Test func theBestOfAGroupIsChosenByOtherQuestions() {
        // Two groups of 20: in the first a is always right, in the second b. Nine tenths of a group tell who is.
        let groups = (0..<40).map { Int32($0 / 20) }
        let scores = groups.flatMap { $0 == 0 ? [Float(1), 0] : [0, 1] }
        let table = ScoreTable(
            experts: ["a", "b"], scores: scores, categories: groups, categoryNames: ["x", "y"])
        #expect(ScoreTable.mean(BestPerGroup().scores(in: table, by: groups)) == 1)
        // Groups that mean nothing: a tie, which the first expert wins, right on half of the questions.
        let mixed = (0..<40).map { Int32($0 % 2) }
        #expect(ScoreTable.mean(BestPerGroup().scores(in: table, by: mixed)) < 0.75)
    }

    @Test func aGroupCannotShineByItsOwnQuestions() {
        // Everybody throws dice: in groups of three the best of ten looks brilliant on its own questions (oracle 0.999),
        // but chosen by others it is right on half, ± √(0.25 / 3000) = 0.009.
        var random = SeededRandom(seed: 6)
        let scores = (0..<30_000).map { _ in Float(random.below(2)) }
        let groups = (0..<3_000).map { Int32($0 / 3) }
        let table = ScoreTable(
            experts: (0..<10).map { "e\($0)" }, scores: scores, categories: groups.map { _ in -1 }, categoryNames: [])
        #expect(abs(ScoreTable.mean(BestPerGroup().scores(in: table, by: groups)) - 0.5) < 0.035)
    }
}
