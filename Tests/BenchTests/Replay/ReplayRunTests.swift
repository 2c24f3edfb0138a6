import Aggregation
import Bench
import Core
import Foundation
import Routing
import Support
import Testing

/// What a replay promises: every decision is made without the outcomes it is graded by, and counted honestly.
struct ReplayRunTests {
    @Test func aLearnedRouterBeatsTheBestSingleWhereExpertsDiffer() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(200))
        let report = try await ReplayRun(
            recorded,
            settings: ReplaySettings(
                strategies: [
                    .learner(NeighbourRouter(neighbours: 20, shrinkage: 1)), .learner(BestSingle()), .oracle,
                ], vote: .rule(MajorityRule())),
            time: .still
        ).run().report(command: "")
        #expect(report.questions == 200)
        #expect(report.bestSingle.accuracy == 0.5)
        #expect(report.oracle == 1)
        #expect(report.results[0].accuracy > 0.95, "neighbours know numbers from animals")
        #expect(report.results[1].accuracy <= 0.5, "every expert alone is right every second time")
        #expect(report.results[2].accuracy == 1)
        #expect(
            report.results[2].usdPerQuestion.map { $0 < 0.0016 } ?? false, "the oracle takes the cheapest that is right"
        )
    }

    @Test func theSameSeedGivesTheSameReport() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(60))
        let run = try ReplayRun(
            recorded,
            settings: ReplaySettings(
                strategies: [.learner(RandomChoice())], seats: [1, 2], vote: .rule(MajorityRule()), seed: 5),
            time: .still)
        let first = try await run.run(workers: 1).report(command: "")
        let second = try await run.run(workers: 3).report(command: "")
        #expect(first.results.map(\.accuracy) == second.results.map(\.accuracy))
        #expect(first.results.map(\.picks) == second.results.map(\.picks))
    }

    @Test func everyCallOfAPanelIsCounted() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(40))
        let report = try await ReplayRun(
            recorded,
            settings: ReplaySettings(strategies: [.learner(BestSingle())], seats: [3], vote: .rule(MajorityRule())),
            time: .still
        ).run().report(command: "")
        #expect(report.results[0].callsPerQuestion == 3)
        // 0.001 + 0.002 + 0.004
        #expect(report.results[0].usdPerQuestion.map { abs($0 - 0.007) < 1e-6 } ?? false)
    }

    @Test func decisionsStandBesideWhatWasRecordedUnknownFieldsIncluded() async throws {
        let sample = try RecordedSample()
        var lines = RecordedSample.lines(20)
        lines[3] = lines[3].replacing("{\"id\"", with: "{\"licence\":\"CC0\",\"id\"")
        lines.insert("broken", at: 2)
        let recorded = try await sample.read(lines)
        var settings = ReplaySettings(strategies: [.learner(BestSingle())], seats: [2], vote: .rule(MajorityRule()))
        settings.keepsDecisions = true
        let path = sample.folder + "/decisions.jsonl"
        try await ReplayRun(recorded, settings: settings, time: .still).run().writeDecisions(to: path)
        let written = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(written.count == 20, "the broken line was decided on by nobody")
        let kept = try #require(written.first { $0.contains("\"id\":\"q3\"") })
        #expect(kept.contains("\"licence\":\"CC0\""))
        #expect(kept.contains("\"strategy\":\"best-single\"") && kept.contains("\"seats\":2"))
        #expect(kept.contains("\"answered_by\":\""))
    }

    @Test func severalSeatsNeedRecordedAnswers() async throws {
        let recorded = try await RecordedSample().read([
            #"{"question":"a","outcomes":{"x":{"score":1},"y":{"score":0}}}"#
        ])
        #expect {
            _ = try ReplayRun(
                recorded, settings: ReplaySettings(strategies: [.oracle], seats: [3], vote: .rule(MajorityRule())),
                time: .still)
        } throws: { error in
            (error as? Fault)?.sentence
                == "--seats: several answers can only be aggregated where the answers are recorded. An \"answer\" beside each "
                + "\"score\"; these files have none. Replay with --seats 1."
        }
    }

    @Test func aStrategyThatPeeksIsCaught() async throws {
        let recorded = try await RecordedSample().read(RecordedSample.lines(60))
        let settings = ReplaySettings(strategies: [], vote: .rule(MajorityRule()))
        let audit = ReplayAudit(recorded, settings: settings)
        try audit.check { _ in NeighbourRouter() }
        try audit.check { _ in BestSingle() }
        #expect {
            try audit.check { Peeking(record: $0) }
        } throws: { error in
            (error as? Fault)?.sentence.contains("decides question q") ?? false
        }
    }
}

/// A planted leak: it looks up in the record who will be right.
private struct Peeking: RouterLearner {
    let record: RecordedOutcomes
    let name = "peeking"

    func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        Peeker(record: record)
    }

    struct Peeker: LearnedRouter {
        let record: RecordedOutcomes

        func expectations(for view: QuestionView) -> [Float] { record.scoresOfQuestion(like: view) }
    }
}

extension RecordedOutcomes {
    fileprivate func scoresOfQuestion(like view: QuestionView) -> [Float] {
        guard let population = try? Population(self, choice: .all) else { return [] }
        let found = population.questions.first { population.view(of: $0, withCategory: false).vector == view.vector }
        return found.map(population.scores) ?? population.experts.map { _ in 0 }
    }
}

extension TimeSource {
    /// A clock that stands.
    static var still: TimeSource {
        TimeSource(
            steady: { Instant(offset: .zero) }, wall: { Timestamp(microseconds: 0) }, sleep: { _ in })
    }
}
