import Bench
import Core
import Support
import Testing

struct RoutingBenchmarkTests {
    @Test func everyQuestionIsDecidedAndTimed() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let time = TimeSource.system { ManualTime.start }
        let size = RoutingBenchmark.Size(experts: 10, skills: 20, questions: 50)
        let outcome = try await RoutingBenchmark(size: size, seed: 3, embedder: NoEmbedder(), time: time).run()
        #expect(outcome.size == size)
        #expect(outcome.withNeed == 50, "each question has keywords of skills")
        #expect(outcome.minimum > 0)
        #expect(outcome.minimum <= outcome.median && outcome.median <= outcome.p99 && outcome.p99 <= outcome.maximum)
        #expect(start.duration(to: clock.now) < .seconds(30))
    }

    @Test func anEmptyWorldIsRefused() async {
        let time = ManualTime()
        await #expect(throws: Fault.self) {
            try await RoutingBenchmark(
                size: .init(experts: 0, skills: 1, questions: 1), embedder: NoEmbedder(), time: time.source
            ).run()
        }
    }

    @Test func quantilesAreOfTheNearestRank() {
        let hundred = (1...100).map(Double.init)
        #expect(RoutingBenchmark.quantile(0.5, of: hundred) == 50)
        #expect(RoutingBenchmark.quantile(0.99, of: hundred) == 99)
        #expect(RoutingBenchmark.quantile(0.99, of: [4]) == 4)
        #expect(RoutingBenchmark.quantile(0.5, of: [1, 2, 3]) == 2)
    }
}
