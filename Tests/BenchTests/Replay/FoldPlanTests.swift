import Aggregation
import Bench
import Core
import Routing
import Testing

/// No question is learned from and decided on, however often it was recorded.
struct FoldPlanTests {
    @Test func theSameQuestionInTwoFilesIsOnOneSide() async throws {
        let sample = try RecordedSample()
        let first = try sample.write(RecordedSample.lines(50), name: "a.jsonl")
        // The same questions, written differently and numbered otherwise.
        let second = try sample.write(
            RecordedSample.lines(50).map {
                $0.replacing("\"id\":\"q", with: "\"id\":\"other").replacing("zebra quokka", with: "Zebra,  QUOKKA")
            }, name: "b.jsonl")
        let recorded = try await sample.read(files: [first, second])
        for parts in try FoldPlan.folds(5).contents(of: recorded, seed: 3) {
            #expect(parts.learned.isDisjoint(with: parts.decided))
        }
    }

    @Test func everyQuestionIsDecidedOnOnce() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(97))
        let decided = try FoldPlan.folds(4).contents(of: recorded, seed: 9).map(\.decidedCount)
        #expect(decided.reduce(0, +) == 97)
    }

    @Test func aQuestionOfBothSplitsIsLeftOutOfTheLearnedPart() async throws {
        let lines = RecordedSample.lines(20)
        let leaked = lines[0].replacing("\"split\":\"test\"", with: "\"split\":\"train\"").replacing("q0", with: "leak")
        let recorded = try await RecordedSample().read(lines + [leaked])
        let parts = try #require(try FoldPlan.split("train").contents(of: recorded, seed: 1).first)
        #expect(parts.repeated == 1)
        #expect(parts.learned.isDisjoint(with: parts.decided))
    }

    @Test func anUnknownSplitNamesTheOnesThereAre() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(10))
        #expect {
            _ = try FoldPlan.split("trian").contents(of: recorded, seed: 1)
        } throws: { ($0 as? Fault)?.sentence.contains("Did you mean train?") ?? false }
    }
}

extension FoldPlan {
    /// The contents (letters and digits) of both parts of each fold.
    fileprivate func contents(
        of recorded: RecordedOutcomes, seed: UInt64
    ) throws -> [(learned: Set<UInt64>, decided: Set<UInt64>, decidedCount: Int, repeated: Int)] {
        let questions = recorded.table.questions
        return try folds(of: Array(questions.indices), in: recorded.table, most: 1_000, seed: seed).map { fold in
            (
                Set(fold.learned.map { questions[$0].content }), Set(fold.decided.map { questions[$0].content }),
                fold.decided.count, fold.repeated
            )
        }
    }
}
