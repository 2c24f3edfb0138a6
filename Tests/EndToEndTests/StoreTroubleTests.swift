import Foundation
import Testing

/// A store that cannot be used is named, with what to do; it is never replaced or emptied.
struct StoreTroubleTests {
    @Test func aFileThatIsNoDatabaseStaysAsItIs() async throws {
        let program = try Program(configuration: Configurations.experts("http://127.0.0.1:1"))
        let text = String(repeating: "my diary\n", count: 1_000)
        try program.write(text, to: "store.sqlite")
        let outcome = try await program.run("bench", "show")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("store.sqlite"), "\(outcome.errors)")
        #expect(try String(contentsOfFile: program.folder + "/store.sqlite", encoding: .utf8) == text)
    }

    @Test func aFolderInItsPlaceIsSaid() async throws {
        let program = try Program(configuration: Configurations.experts("http://127.0.0.1:1"))
        try FileManager.default.createDirectory(
            atPath: program.folder + "/store.sqlite", withIntermediateDirectories: false)
        let outcome = try await program.run("ask", "hi")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("store.sqlite"), "\(outcome.errors)")
    }
}
