import Bench
import Testing

struct ScheduleSimulationTests {
    @Test func everyModelIsLoadedOnceWhenGrouped() {
        let simulation = ScheduleSimulation(
            .init(experts: 16, questions: 2_100, seats: 3, load: 20, alone: 6, batched: 0.75, seed: 0))
        for devices in [1, 4] {
            let (slow, fast) = (simulation.arrival(devices: devices), simulation.grouped(devices: devices))
            #expect(fast.loads == 16)
            #expect(slow.loads > 4_000)
            #expect(fast.seconds < slow.seconds / 4)
        }
        #expect(simulation.grouped(devices: 4).seconds < simulation.grouped(devices: 1).seconds / 2)
    }

    @Test func oneExpertCostsOneLoadInAnyOrder() {
        // One load of 10 s and five answers: 10 + 5 · 2 = 20 s alone, 10 + 2 + 4 · 0.5 = 14 s in a batch.
        let simulation = ScheduleSimulation(
            .init(experts: 1, questions: 5, seats: 3, load: 10, alone: 2, batched: 0.5, seed: 0))
        #expect(simulation.arrival(devices: 1).loads == 1)
        #expect(simulation.arrival(devices: 1).seconds == 20)
        #expect(simulation.grouped(devices: 1).seconds == 14)
        #expect(abs(simulation.grouped(devices: 1).loadingShare - 10.0 / 14) < 1e-12)
    }

    @Test func noDeviceIsFreeWhileWorkWaitsLongerThanTheLongestVisit() {
        let simulation = ScheduleSimulation(
            .init(experts: 9, questions: 300, seats: 2, load: 5, alone: 1, batched: 0.3, seed: 4))
        let one = simulation.grouped(devices: 1).seconds
        for devices in 2...9 {
            let many = simulation.grouped(devices: devices).seconds
            // Graham: the longest-first rule is within 4/3 of the best, which is at least an even share.
            #expect(many >= one / Double(devices) - 1e-9)
            #expect(many <= one)
        }
    }
}
