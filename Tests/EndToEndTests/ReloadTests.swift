import Foundation
import Testing

/// The configuration changes under a running service.
struct ReloadTests {
    private static func configuration(_ says: String) -> String {
        "experts: {a: {kind: scripted, script: {otherwise: \"\(says)\"}}}\nstore: {path: \":memory:\"}\n"
    }

    /// Asks until the answer contains the text; false if it never does.
    private func hears(_ text: String, from service: Service) async throws -> Bool {
        for _ in 0..<600 {
            let reply = try await service.post(#"{"model":"a","messages":[{"role":"user","content":"?"}]}"#)
            #expect(reply.status == 200, "\(reply.text)")
            if reply.text.contains(text) { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test func aChangedFileIsTakenOver() async throws {
        let program = try Program(configuration: Self.configuration("before"))
        let service = try await Service(program)
        #expect(try await hears("before", from: service))
        try program.write(Self.configuration("after"), to: "config.yaml")
        #expect(try await hears("after", from: service))
    }

    @Test func aBrokenFileChangesNothingAndTheLogSaysWhy() async throws {
        let program = try Program(configuration: Self.configuration("before"))
        let service = try await Service(program)
        try program.write("experts: [\n", to: "config.yaml")
        var remarks = ""
        for _ in 0..<600 where !remarks.contains("the running configuration stays") {
            service.process.send(SIGHUP)
            try await Task.sleep(for: .milliseconds(50))
            remarks = service.process.remarks
        }
        #expect(remarks.contains("this is not YAML"), "\(remarks)")
        #expect(try await hears("before", from: service))
    }
}
