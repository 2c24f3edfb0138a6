import Foundation
import Support
import Testing
import Transport

/// Keys made by the command beside the running service, over a socket.
struct KeyTests {
    private static let prices = """
        store: {path: store.sqlite}
        server: {admin_key: "${env.MUSTER_ADMIN_KEY}"}
        experts:
          a: {kind: scripted, price: {input: 1000, output: 1000}, script: {otherwise: "hm"}}
          b: {kind: scripted, script: {otherwise: "hm"}}
        """
    private static let admin = ["MUSTER_ADMIN_KEY": "adm-1"]

    private func question(_ model: String) -> String {
        #"{"model":"\#(model)","max_tokens":8,"messages":[{"role":"user","content":"?"}]}"#
    }

    private func secret(_ program: Program, _ arguments: String...) async throws -> String {
        let made = await (try program.start(["key", "create"] + arguments, environment: Self.admin)).end()
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.contains("its secret is shown this once"))
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func aKeyMadeBesideTheServiceCountsAtOnceAndOneRevokedNoMore() async throws {
        let program = try Program(configuration: Self.prices)
        let service = try await KeyedService(program, environment: Self.admin)
        #expect(try await service.post(question("b")).status == 200)
        let key = try await secret(program, "web", "--routes", "b")
        #expect(try await service.post(question("b"), key: key).status == 200)
        let elsewhere = try await service.post(question("a"), key: key)
        #expect(elsewhere.status == 403 && elsewhere.text.contains("It may use b"), "\(elsewhere.text)")
        let models = try await service.get("/v1/models", key: key)
        #expect(models.text.contains(#""id":"b""#) && !models.text.contains(#""id":"a""#))
        #expect(await (try program.start(["key", "revoke", "web"], environment: Self.admin)).end().status == 0)
        var last = 0
        for _ in 0..<6_000 where last != 401 {
            last = try await service.post(question("b"), key: key).status
            if last != 401 { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(last == 401)
    }

    /// One call may cost (about 5 + 8 tokens) × 1,000 dollars a million, so a budget of 0.1 dollars is a few calls.
    @Test func killNineLosesNoBudgetAndOverspendsNone() async throws {
        let program = try Program(configuration: Self.prices)
        let key = try await secret(program, "web", "--budget-dollars", "0.1", "--period", "month")
        var answered = 0
        for life in 0..<5 {
            let service = try await KeyedService(program, environment: Self.admin)
            for _ in 0..<(life < 4 ? 4 : 100) {
                let (status, text) = try await service.post(question("a"), key: key)
                if status == 200 {
                    answered += 1
                } else {
                    #expect(status == 429 && text.contains("insufficient_quota"), "\(text)")
                    break
                }
            }
            service.process.send(life < 4 ? SIGKILL : SIGTERM)
            _ = await service.process.end()
        }
        let shown = await (try program.start(["key", "show", "web", "--json"], environment: Self.admin)).end()
        let report = try #require(shown.json)
        let spent = try #require((report["spent"] as? [String: Any])?["dollars"] as? Double)
        let aside = ((report["set_aside"] as? [String: Any])?["dollars"] as? Double) ?? 0
        // Each call really took 0.002 dollars or more, and nothing of it is forgotten.
        #expect(answered >= 6 && spent + aside <= 0.1 && spent + aside >= 0.002 * Double(answered), "\(shown.output)")
    }

    @Test func aCleanStopBringsBackWhatWasTakenOut() async throws {
        let program = try Program(configuration: Self.prices)
        let key = try await secret(program, "web", "--budget-calls", "500")
        let service = try await KeyedService(program, environment: Self.admin)
        for _ in 0..<3 { #expect(try await service.post(question("a"), key: key).status == 200) }
        let spend = try await service.get("/admin/spend?by=key", key: "adm-1")
        #expect(spend.status == 200)
        service.process.send(SIGTERM)
        #expect(await service.process.end().status == 0)
        let shown = await (try program.start(["key", "show", "web", "--json"], environment: Self.admin)).end()
        let report = try #require(shown.json)
        #expect((report["spent"] as? [String: Any])?["calls"] as? Int == 3)
        #expect(report["set_aside"] == nil, "\(shown.output)")
    }

    @Test func noSecretStandsInTheStoreOrTheLog() async throws {
        let program = try Program(configuration: Self.prices)
        let service = try await KeyedService(program, environment: Self.admin)
        let key = try await secret(program, "web")
        _ = try await service.post(question("a"), key: key)
        service.process.send(SIGTERM)
        let outcome = await service.process.end()
        #expect(!outcome.errors.contains(key))
        for file in try FileManager.default.contentsOfDirectory(atPath: program.folder) where file.contains("sqlite") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + file))
            #expect(bytes.range(of: Data(key.utf8)) == nil)
        }
    }

    @Test func pricesAreNotedWhenTheyChange() async throws {
        let program = try Program(configuration: Self.prices)
        _ = await (try program.start(["price", "list"], environment: Self.admin)).end()
        try program.write(
            Self.prices.replacingOccurrences(of: "output: 1000", with: "output: 2000, cached: 5"), to: "config.yaml")
        let list = await (try program.start(["price", "list"], environment: Self.admin)).end()
        #expect(list.output.contains("2000") && !list.output.contains("1000 1000"), "\(list.output)")
        let history = await (try program.start(["price", "history", "a", "--json"], environment: Self.admin)).end()
        let lines = try #require(try JSONSerialization.jsonObject(with: Data(history.output.utf8)) as? [[String: Any]])
        #expect(lines.map { $0["output"] as? Int } == [1000, 2000])
        #expect(
            lines.last?["cached"] as? Int == 5
                && lines.first?["version"] as? String != lines.last?["version"] as? String)
        let unknown = await (try program.start(["price", "history", "nobody"], environment: Self.admin)).end()
        #expect(unknown.status == 2)
    }

    @Test func namesAndLimitsAreChecked() async throws {
        let program = try Program(configuration: Self.prices)
        for arguments in [
            ["web", "--routes", "nowhere"], ["web", "--period", "month"], ["a b"], ["web", "--budget-calls", "0"],
        ] {
            let refused = await (try program.start(["key", "create"] + arguments, environment: Self.admin)).end()
            #expect(refused.status == 2 && refused.output.isEmpty, "\(arguments) \(refused.errors)")
        }
        let list = await (try program.start(["key", "list"], environment: Self.admin)).end()
        #expect(list.output == "there are no keys; muster key create NAME makes one\n")
    }
}
