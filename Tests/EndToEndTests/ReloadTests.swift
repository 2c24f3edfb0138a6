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

    /// As a volume of Kubernetes does: the file leads through a link to a folder, and only this link is swapped.
    @Test func aLinkThatLeadsElsewhereIsAChangedFile() async throws {
        let program = try Program()
        let files = FileManager.default
        for (folder, says) in [("first", "before"), ("second", "after")] {
            try files.createDirectory(atPath: program.folder + "/" + folder, withIntermediateDirectories: true)
            try program.write(Self.configuration(says), to: folder + "/config.yaml")
        }
        try files.createSymbolicLink(atPath: program.folder + "/data", withDestinationPath: "first")
        try files.createSymbolicLink(atPath: program.folder + "/config.yaml", withDestinationPath: "data/config.yaml")
        let service = try await Service(program)
        #expect(try await hears("before", from: service))
        try files.createSymbolicLink(atPath: program.folder + "/new", withDestinationPath: "second")
        #expect(rename(program.folder + "/new", program.folder + "/data") == 0)
        #expect(try await hears("after", from: service))
    }

    @Test func anExpertThatEmbedsIsThereAfterAReload() async throws {
        let program = try Program(configuration: Self.configuration("here"))
        let service = try await Service(program)
        #expect(try await !service.get("/v1/models").text.contains("far-embedder"))
        let embeds = "{kind: openai, base_url: \"http://127.0.0.1:9/v1\", model: m, embeds: true}"
        try program.write(
            Self.configuration("here").replacingOccurrences(
                of: "experts: {", with: "experts: {far-embedder: \(embeds), "),
            to: "config.yaml")
        var models = ""
        for _ in 0..<600 where !models.contains("far-embedder") {
            try await Task.sleep(for: .milliseconds(50))
            models = try await service.get("/v1/models").text
        }
        #expect(models.contains("far-embedder"), "\(models)")
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
