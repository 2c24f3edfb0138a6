import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Synchronization
import Testing

/// What the admin API does beyond keys and accounts.
struct StewardTests {
    private final class FakeSteward: Steward {
        private let fault: Fault?
        private let done = Mutex<[String]>([])

        init(fault: Fault? = nil) { self.fault = fault }

        var calls: [String] { done.withLock { $0 } }

        private let finding = CapabilityFinding(.tools, .no, seen: "asked for no call", at: Timestamp(microseconds: 7))

        func capabilities() -> CapabilityBook { CapabilityBook(["general": [finding]]) }

        func canaries() -> CanaryBook {
            CanaryBook(
                [10, 10, 10, 0, 0].map {
                    CanaryRound(
                        expert: "general", skill: "sums", identity: "", result: WilsonShare(right: $0, of: 10),
                        at: Timestamp(microseconds: 9))
                }, baseline: 30
            ) { _, _ in "" }
        }

        func shadows() async throws -> ShadowReport {
            ShadowReport(
                [
                    ShadowAnswer(
                        trace: "t", at: Timestamp(microseconds: 1), expert: "general", skills: [], outcome: .differs,
                        sureness: 1, seconds: 1, usage: Usage(), dollars: 0.5)
                ], today: (1, 0.5))
        }

        func test(_ expert: ExpertID) async throws -> ExpertTrial.Report {
            done.withLock { $0.append("test \(expert)") }
            return try await ExpertTrial(context: 0, time: ManualTime().source, seed: 1).run(
                FakeExpert(expert, replies: [.fails(Fault(.expertUnreachable, expert.rawValue, "is away"))]))
        }

        func reload() async throws -> [String] {
            done.withLock { $0.append("reload") }
            if let fault { throw fault }
            return ["server: what changed there takes a restart"]
        }
    }

    private struct Accounts: PriceStore {
        func spend(by grouping: SpendReport.Grouping, since moment: Timestamp) async throws -> [SpendReport.Line] { [] }
        func note(_ prices: [PriceRecord]) async throws {}
        func prices() async throws -> [PriceRecord] { [] }
    }

    private func door(_ steward: FakeSteward) -> FrontDoor {
        let time = ManualTime(.waits)
        let directory = ExpertDirectory([FakeExpert("general", replies: [])])
        let ring = KeyRing(store: KeyShelf(), holder: "here", time: time.source)
        return FrontDoor(
            keys: ring,
            admin: AdminParts(
                key: Secret(variable: "ADMIN", value: "adm"), ring: ring, prices: Accounts(),
                directory: { directory }, steward: steward, entropy: { 1 }), time: time)
    }

    private func send(_ door: FrontDoor, _ method: HTTPRequest.Method, _ path: String) async throws -> Reply {
        try await door.send(method, path, headers: [.authorization: "Bearer adm"])
    }

    @Test func expertsAreListedWithWhatWasFound() async throws {
        let line = try await send(door(FakeSteward()), .get, "/admin/experts").json["data"]?.elements?.first
        #expect(line?["capabilities"]?.elements?.first?["capability"] == .string("tools"))
        #expect(line?["capabilities"]?.elements?.first?["verdict"] == .string("no"))
        #expect(line?["demoted"] == .array([.string("sums")]))
    }

    @Test func anExpertIsTestedOnDemand() async throws {
        let steward = FakeSteward()
        let door = door(steward)
        let report = try await send(door, .post, "/admin/experts/general/test")
        #expect(report.status == 200)
        #expect(try report.json["findings"]?.elements?.first?["verdict"] == .string("no"))
        #expect(steward.calls == ["test general"])
        let unknown = try await send(door, .post, "/admin/experts/generl/test")
        #expect(unknown.status == 404 && unknown.refusal?.message.contains("Did you mean general?") == true)
        #expect(try await send(door, .get, "/admin/experts/general/test").status == 405)
    }

    @Test func canariesAndSecondExpertsAreListed() async throws {
        let door = door(FakeSteward())
        let standing = try await send(door, .get, "/admin/canaries").json["data"]?.elements?.first
        #expect(standing?["before"]?["right"] == .integer(30) && standing?["now"]?["right"] == .integer(0))
        #expect(standing?["demoted_since"] == .integer(9))
        let shadow = try await send(door, .get, "/admin/shadow").json
        #expect(shadow["today"]?["calls"] == .integer(1))
        #expect(shadow["data"]?.elements?.first?["differs"] == .integer(1))
    }

    @Test func reloadingSaysWhatTakesARestart() async throws {
        let door = door(FakeSteward())
        let reply = try await send(door, .post, "/admin/reload")
        #expect(reply.status == 200)
        #expect(
            try reply.json["needs_restart"] == .array([.string("server: what changed there takes a restart")]))
        #expect(try await send(door, .get, "/admin/reload").status == 405)
    }

    @Test func aBrokenConfigurationIsToldAndTheRunningOneStays() async throws {
        let fault = Fault(
            .invalidSettings, "config.yaml", "there is a problem", hint: "muster check shows them all",
            causes: [
                Fault(.invalidSettings, "", "config.yaml:1:1: routs: there is no such setting. Did you mean routes?")
            ])
        let reply = try await send(door(FakeSteward(fault: fault)), .post, "/admin/reload")
        #expect(reply.status == 400 && reply.refusal?.code == "invalid_settings")
        #expect(
            reply.refusal?.message == """
                The running configuration stays. config.yaml: there is a problem. muster check shows them all.
                  - config.yaml:1:1: routs: there is no such setting. Did you mean routes?
                """)
    }
}
