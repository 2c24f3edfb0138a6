import Core
import HTTPTypes
import Pipeline
import Server
import Support
import Synchronization
import Testing

struct AdminExpertsTests {
    /// Takes whatever it is given, but one name.
    private final class Desk: ExpertDesk {
        let taken = Mutex<[ExpertID: String]>([:])

        func added() async throws -> Set<ExpertID> { Set(taken.withLock { $0.keys }) }

        func add(_ id: ExpertID, definition: String, replaces: Bool) async throws {
            guard replaces || taken.withLock({ $0[id] == nil }) else {
                throw Fault(.invalidRequest, "expert \(id)", "was added before")
            }
            guard !definition.contains("ftp:") else { throw Fault(.invalidSettings, "base_url", "is no address") }
            taken.withLock { $0[id] = definition }
        }

        func remove(_ id: ExpertID) async throws {
            guard taken.withLock({ $0.removeValue(forKey: id) }) != nil else {
                throw Fault.unknown(.unknownExpert, "expert", named: id.rawValue, among: [])
            }
        }
    }

    private struct NoAccounts: PriceStore {
        func spend(by grouping: SpendReport.Grouping, since moment: Timestamp) async throws -> [SpendReport.Line] { [] }
        func note(_ prices: [PriceRecord]) async throws {}
        func prices() async throws -> [PriceRecord] { [] }
    }

    private let desk = Desk()

    private func door(_ desk: (any ExpertDesk)?, _ replies: [FakeExpert.Reply] = [.says("ready")]) -> FrontDoor {
        let time = ManualTime(.waits)
        let directory = ExpertDirectory([
            FakeExpert("general", replies: replies), FakeExpert("vendor/maths", replies: replies),
        ])
        return FrontDoor(
            admin: AdminParts(
                key: Secret(variable: "ADMIN", value: "adm"),
                ring: KeyRing(store: KeyShelf(), holder: "h", time: time.source),
                prices: NoAccounts(), directory: { directory }, desk: desk, entropy: { 1 }), time: time)
    }

    private func send(_ door: FrontDoor, _ method: HTTPRequest.Method, _ path: String, _ body: String = "") async throws
        -> Reply
    {
        try await door.send(
            method, path, body: Array(body.utf8),
            headers: [.authorization: "Bearer adm", .contentType: "application/json"])
    }

    @Test func anExpertIsAddedAsItWouldStandInTheConfiguration() async throws {
        let door = door(desk)
        let order = #"{"id": "new", "definition": {"base_url": "http://127.0.0.1:1/v1", "api_key": "${env.KEY}"}}"#
        let reply = try await send(door, .post, "/admin/experts", order)
        #expect(try reply.status == 201 && reply.json["done"] == .string("added"))
        #expect(desk.taken.withLock { $0["new"] } == #"{"api_key":"${env.KEY}","base_url":"http://127.0.0.1:1/v1"}"#)
        let again = try await send(door, .post, "/admin/experts", order)
        #expect(again.status == 400 && again.refusal?.message == "expert new: was added before.")
        let replaced = try await send(
            door, .post, "/admin/experts", #"{"id": "new", "replace": true, "definition": {}}"#)
        #expect(replaced.status == 201 && desk.taken.withLock { $0["new"] } == "{}")
    }

    @Test(arguments: [
        ("{}", "id"), (#"{"id": ""}"#, "id"), (#"{"id": "a"}"#, "definition"),
        (#"{"id": "a", "definition": "x"}"#, "definition"),
        (#"{"id": "a", "definition": {}, "replace": 1}"#, "replace"),
        (#"{"id": "a", "definition": {}, "sort": 1}"#, "sort"),
    ])
    func anOrderThatIsWrongIsRefusedByItsMember(_ body: String, member: String) async throws {
        let reply = try await send(door(desk), .post, "/admin/experts", body)
        #expect(reply.status == 400 && reply.refusal?.param == member)
        #expect(desk.taken.withLock { $0.isEmpty })
    }

    @Test func whatWasAddedCanBeRemovedAlsoWithASlashInItsName() async throws {
        let door = door(desk)
        _ = try await send(door, .post, "/admin/experts", #"{"id": "vendor/maths", "definition": {}}"#)
        let listed = try await send(door, .get, "/admin/experts").json["data"]?.elements
        #expect(listed?.map { $0["added"] } == [.bool(false), .bool(true)])
        let removed = try await send(door, .delete, "/admin/experts/vendor%2Fmaths")
        #expect(try removed.status == 200 && removed.json["id"] == .string("vendor/maths"))
        #expect(try await send(door, .delete, "/admin/experts/vendor%2Fmaths").status == 404)
        #expect(try await send(door, .put, "/admin/experts/vendor%2Fmaths").status == 405)
    }

    @Test func aDefinitionThatCannotBeIsTheClientsFault() async throws {
        let order = #"{"id": "a", "definition": {"base_url": "ftp://x"}}"#
        let reply = try await send(door(desk), .post, "/admin/experts", order)
        #expect(
            reply.status == 400 && reply.refusal?.code == "invalid_settings" && reply.refusal?.param == "definition")
        #expect(reply.refusal?.message == "base_url: is no address.")
    }

    @Test func withoutADeskNobodyComesOrGoes() async throws {
        let reply = try await send(door(nil), .post, "/admin/experts", #"{"id": "a", "definition": {}}"#)
        #expect(reply.status == 400 && reply.refusal?.code == "unsupported")
    }

    @Test func aTestThatNobodyKeepsTellsWhatWorkedAndWhatWentWrong() async throws {
        let door = door(desk, [.says("ready"), .fails(Fault(.expertUnreachable, "general", "is not there"))])
        let report = try await send(door, .post, "/admin/experts/general/test").json
        #expect(report["expert"] == .string("general"))
        func found(_ capability: String) -> JSONValue? {
            report["findings"]?.elements?.first { $0["capability"] == .string(capability) }
        }
        #expect(found("whole")?["verdict"] == .string("yes"))
        #expect(found("whole")?["seen"]?.text?.contains("“ready”") == true)
        #expect(found("streamed")?["verdict"] == .string("unclear"))
        #expect(found("streamed")?["seen"] == .string("could not be tried: is not there"))
        #expect(try await send(door, .post, "/admin/experts/genral/test").status == 404)
    }
}
