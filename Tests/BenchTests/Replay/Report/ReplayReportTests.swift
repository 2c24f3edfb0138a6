import Bench
import Foundation
import Testing

struct ReplayReportTests {
    private static let report = MadeUpReplay.large(questions: 300).report(rounds: 200)
    private static let pair = MadeUpReplay.pair(questions: 400).report(rounds: 200)

    private static func json(_ report: ReplayReport) throws -> [String: Any] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try #require(try JSONSerialization.jsonObject(with: try encoder.encode(report)) as? [String: Any])
    }

    @Test func theNamesOfItsFieldsAreThoseOfTheCommand() throws {
        let object = try Self.json(Self.report)
        #expect(object["questions"] as? Int == 300)
        #expect(object["experts"] as? Int == 29)
        #expect(object["folds"] as? Int == 5)
        let results = try #require(object["results"] as? [[String: Any]])
        #expect(results.count == 25)
        let first = results[0]
        for name in [
            "strategy", "seats", "accuracy", "calls_per_question", "usd_per_question", "active_parameters",
            "oracle_gap_closed", "gain", "relative_to_best", "pick_entropy", "is_yardstick", "training_seconds",
        ] { #expect(first[name] != nil, "no \(name)") }
        let interval = try #require(first["interval"] as? [Double])
        let accuracy = try #require(first["accuracy"] as? Double)
        #expect(interval.count == 2)
        #expect(interval[0] <= accuracy && accuracy <= interval[1])
        #expect((first["gain_interval"] as? [Double])?.count == 2)
    }

    @Test func namesOfExpertsAreNotRewritten() throws {
        let picks = try #require((try Self.json(Self.report)["results"] as? [[String: Any]])?[0]["picks"])
        let names = try #require(picks as? [String: Double]).keys
        #expect(names.allSatisfy { Self.report.expertNames.contains($0) })
    }

    @Test func whatIsWrittenCanBeRead() throws {
        let again = try JSONDecoder().decode(ReplayReport.self, from: try JSONEncoder().encode(Self.pair))
        #expect(again.results.map(\.interval) == Self.pair.results.map(\.interval))
        #expect(again.costQuality?.unit == .dollars)
        #expect(again.results[0].strongWeak?.apgr == Self.pair.results[0].strongWeak?.apgr)
    }

    @Test func twoExpertsAreMeasuredAsStrongAndWeak() throws {
        let result = try #require(Self.pair.results[0].strongWeak)
        #expect(result.weak == "small-8B")
        #expect(result.strong == "large-70B")
        #expect(result.optimalApgr >= result.apgr)
        #expect(result.curve.count <= 201 && result.optimalCurve.count <= 201)
        #expect(Self.report.results.allSatisfy { $0.strongWeak == nil })
    }

    @Test func theStrongExpertMayBeTheFirst() throws {
        // a is always right, b on the first half; a lean to b there keeps every strong call for where it is needed.
        var record = StrategyRecord(
            strategy: "s", seats: 1, aggregation: "first", scores: [1, 1, 1, 1], calls: [1, 1, 1, 1],
            dollars: [1, 1, 1, 1], activeParameters: [1, 1, 1, 1], picks: [2, 2])
        record.leans = [0.5, 0.4, -0.4, -0.5]
        let table = ScoreTable(
            experts: ["a", "b"], scores: [1, 1, 1, 1, 1, 0, 1, 0], categories: [-1, -1, -1, -1], categoryNames: [])
        let report = ReplaySummary(table, [record]).report(
            files: [], command: "", folds: 1, seed: 1, embedder: "none")
        let result = try #require(report.results[0].strongWeak)
        #expect(result.strong == "a")
        // Recovered ½ after one strong call, 1 after two: area ¼ · ¼ + ¼ · ¾ + ½ = 0.75, as good as can be.
        #expect(result.apgr == 0.75)
        #expect(result.optimalApgr == 0.75)
    }

    @Test func theCostIsTheFirstThatIsKnownForEverybody() throws {
        var replay = MadeUpReplay(
            questions: 50, experts: ["a-1B", "b-2B"], categories: ["x"], isPriced: false)
        replay.add("s", seats: 1, blur: 1)
        #expect(replay.report(rounds: 50).costQuality?.unit == .activeParameters)
        #expect(replay.report(rounds: 50).results[0].usdPerQuestion == nil)
        replay.records[0].activeParameters[7] = .nan
        let byCalls = try #require(replay.report(rounds: 50).costQuality)
        #expect(byCalls.unit == .calls)
        #expect(byCalls.largestCost == 1)
        // At one call each only the better expert counts, from its price on: nothing is left of the area.
        #expect(byCalls.zeroAiq == 0)
    }

    @Test func theYardsticksBoundTheStrategies() throws {
        let report = Self.report
        #expect(report.random <= report.bestSingle.accuracy)
        #expect(report.bestSingle.accuracy <= report.oracle)
        let costs = try #require(report.costQuality)
        #expect(costs.routers.count == 9)
        #expect(costs.routers.allSatisfy { $0.aiq <= 1 && $0.aiq >= 0 })
        #expect(costs.zeroHull.allSatisfy { corner in costs.singles.contains { $0.label == corner.label } })
        for result in report.results {
            #expect(abs(result.picks.values.reduce(0, +) - 1) < 1e-9)
            #expect(result.categories.reduce(0) { $0 + $1.questions } == 300)
            #expect(result.confusion?.counts.reduce(0, +) == 300)
        }
    }

    @Test func theVerdictDoesNotClaimWhatTheIntervalDoesNotHold() {
        #expect(Self.pair.verdict.hasPrefix("Nothing here beats the best single expert, large-70B"))
        var report = Self.report
        for place in report.results.indices { report.results[place].gainInterval = Interval(low: -0.01, high: 0.2) }
        #expect(report.verdict.hasPrefix("Nothing here beats"))
        report.results[2].gainInterval = Interval(low: 0.01, high: 0.02)
        #expect(report.verdict.hasPrefix("1 of 24 results beat"))
        // A yardstick never counts.
        report.results = report.results.map { result in
            var result = result
            result.isYardstick = true
            return result
        }
        #expect(report.verdict.hasPrefix("No strategy was replayed"))
    }

    @Test func theSameRecordsGiveTheSameReport() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let again = MadeUpReplay.pair(questions: 400).report(rounds: 200)
        #expect(try encoder.encode(again) == encoder.encode(Self.pair))
    }
}
