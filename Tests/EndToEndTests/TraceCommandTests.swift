import Foundation
import Support
import Testing

/// `muster trace`: what `muster ask` leaves behind, read again.
struct TraceCommandTests {
    private func program() async throws -> Program {
        let program = try Program(
            configuration: """
                store: {path: store.sqlite}
                experts:
                  a: {kind: scripted, script: {otherwise: "my answer"}}
                  b: {kind: scripted, script: {otherwise: "my answer", mishaps: [{status: 500}]}, limits: {retries: 0}}
                routing:
                  first: {strategy: fixed, members: [a]}
                  second: {strategy: fixed, members: [b]}
                routes:
                  auto: {routing: first}
                  other: {routing: second, fallback: a}
                """)
        #expect(try await program.run("ask", "my question").status == 0)
        #expect(try await program.run("ask", "--route", "other", "my question").status == 0)
        return program
    }

    @Test func listsTheLatestFirstAndFilters() async throws {
        let program = try await program()
        let all = try await program.run("trace", "list")
        #expect(all.status == 0, "\(all.errors)")
        let lines = all.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("at (UTC)"))
        #expect(lines[1].contains("other") && lines[1].contains("failed_over"))
        #expect(lines[2].contains("auto") && lines[2].contains("complete"))
        for (filter, route) in [
            (["--route", "other"], "other"), (["--outcome", "complete"], "auto"), (["--expert", "b"], "other"),
        ] {
            let found = await (try program.start(["trace", "list"] + filter)).end()
            let lines = found.output.split(separator: "\n").dropFirst()
            #expect(lines.count == 1 && lines.allSatisfy { $0.contains(route) }, "\(filter): \(found.output)")
        }
    }

    @Test func showsTheStoryOfOne() async throws {
        let program = try await program()
        let listed = try await program.run("trace", "list", "--limit", "1", "--json")
        let traces = try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]]
        let id = try #require(traces?.first?["id"] as? String)
        let shown = try await program.run("trace", "show", "chatcmpl-" + id)
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.hasPrefix("trace       \(id)\n"))
        for part in ["recruited", "b   (1 seat", "failed", "ended       failed_over", "fallback", "expert_failed"] {
            #expect(shown.output.contains(part), "\(part) in \(shown.output)")
        }
        #expect(!shown.output.contains("my question") && !shown.output.contains("my answer"))
        let whole = try await program.run("trace", "show", id, "--json")
        #expect(whole.json?["id"] as? String == id)
    }

    @Test func saysWhatIsNotThere() async throws {
        let program = try await program()
        let shown = try await program.run("trace", "show", "nothing")
        #expect(shown.status == 2)
        #expect(shown.errors.contains("trace \"nothing\": there is none with this id. muster trace list shows"))
        let listed = try await program.run("trace", "list", "--route", "nowhere")
        #expect(listed.status == 0 && listed.output.isEmpty)
        let wrong = try await program.run("trace", "list", "--outcome", "good")
        #expect(wrong.status == 2 && wrong.errors.contains("choose complete, truncated"))
        let empty = try await program.run("trace", "list", "--store", "none.sqlite")
        #expect(empty.status == 1)
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/none.sqlite"))
    }
}
