import Bench
import Core
import Testing

struct RunTableTests {
    @Test func aRowSaysWhatARunCameTo() async throws {
        let rig = Rig(knower("a"))
        try await rig.run(try rig.order("single:a", numbers(10)))
        let table = RunTable([try await RunReport("r", from: rig.store)])
        #expect(table.rows.count == 1)
        #expect(table.rows[0].count == RunTable.header.count)
        let row = Dictionary(zip(RunTable.header, table.rows[0]), uniquingKeysWith: { first, _ in first })
        #expect(row["run"] == "r")
        #expect(row["strategy"] == "single:a")
        #expect(row["strict %"] == "100.0 [72.2–100.0]")
        #expect(row["flexible %"] == "100.0 [72.2–100.0]")
        #expect(row["calls"] == "10")
        #expect(row["visits"] == "a 1×")
    }

    @Test func aRunThatWasNeverGradedHasADash() {
        let run = Run(
            id: "r", suite: "gsm8k", data: "", strategy: "skill", experts: [], seed: 0, promptVersion: "",
            questionCount: 3, startedAt: Timestamp(microseconds: 0))
        let row = RunTable([RunReport(run, answers: [], grades: [], visits: [])]).rows[0]
        #expect(row[0] == "r (stopped)")
        #expect(row[2] == "–")
    }
}
