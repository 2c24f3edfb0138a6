import Core
import Pipeline
import Server
import Store

/// Does for the admin API what commands do.
struct ProgramSteward: Steward {
    let assembly: Assembly

    func capabilities() -> CapabilityBook { assembly.now.parts.capabilities.book }

    func canaries() -> CanaryBook { assembly.now.parts.canaries.book }

    func shadows() async throws -> ShadowReport {
        let today = CalendarDay(of: assembly.time.timestamp()).start
        return ShadowReport(
            try await assembly.store.shadowAnswers(limit: 20_000),
            today: try await assembly.store.shadowSpending(since: today))
    }

    func test(_ expert: ExpertID) async throws -> ExpertTrial.Report {
        let directory = assembly.now.directory
        let report = try await ExpertTrial(time: assembly.time, seed: WallClock.entropy()).run(
            try directory.expert(expert))
        try await assembly.keep(report)
        return report
    }

    func reload() async throws -> [String] { try await assembly.reload() }
}
