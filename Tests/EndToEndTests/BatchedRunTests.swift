import Foundation
import Support
import Testing

/// A run whose expert takes its list as a batch: a second Muster, over its own Batch API.
struct BatchedRunTests {
    private static let count = 12

    private static let suite = (1...count).map {
        #"{"question": "What is \#($0) plus \#($0)?", "answer": "Adding.\n#### \#($0 * 2)"}"#
    }.joined(separator: "\n")

    private static let elsewhere = """
        store: {path: store.sqlite}
        experts:
          far: {kind: scripted, script: {otherwise: "#### 8", delay: 300ms}, limits: {concurrent: 1}}
        """

    private static func here(_ address: String) -> String {
        """
        store: {path: store.sqlite}
        experts:
          a: {base_url: "\(address)/v1", model: far, batches: {poll: 50ms}, price: {input: 10, output: 10}}
        """
    }

    @Test func aKilledRunFindsItsBatchAgain() async throws {
        let server = try Program(configuration: Self.elsewhere)
        let service = try await Service(server)
        let program = try Program(configuration: Self.here(service.address))
        try program.write(Self.suite, to: "test.jsonl")
        let run = try program.start(["bench", "run", "gsm8k", "--data", "test.jsonl", "--strategy", "single:a"])
        for _ in 0..<6_000 where !run.remarks.contains("is in_progress") && run.isRunning {
            try await Task.sleep(for: .milliseconds(5))
        }
        run.send(SIGKILL)
        let stopped = await run.end()
        #expect(stopped.errors.contains("a: batch batch_"), "\(stopped.errors)")
        let id = try #require(stopped.errors.split(whereSeparator: { " :".contains($0) }).dropFirst().first)

        let resumed = try await program.run(
            "bench", "run", "gsm8k", "--data", "test.jsonl", "--resume", String(id), "--json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains(#""right" : 1"#), "only twice four is eight: \(resumed.output)")
        let batches = try await service.get("/v1/batches")
        #expect(batches.text.components(separatedBy: #""object":"batch""#).count == 2, "one batch: \(batches.text)")
        #expect(batches.text.contains(#""completed":12"#), "\(batches.text)")
        service.process.send(SIGTERM)
        _ = await service.process.end()
    }
}
