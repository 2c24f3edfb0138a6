import Foundation
import Support
import Testing

/// `muster model pull` from addresses and the model hub.
struct ModelPullTests {
    private let sum = ServedFile.smallSum

    private func cache(_ program: Program) -> [String: String] { ["MUSTER_CACHE": program.folder + "/cache"] }

    /// Where a file given by its address lies in the cache.
    private func folder(_ program: Program, _ sum: String) -> String {
        "\(program.folder)/cache/models/by-checksum/\(sum.prefix(16))"
    }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func bytes(at path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

    @Test func fetchesChecksAndPrintsThePath() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile.small.server()
        let arguments = ["model", "pull", server.url + "/x/m.gguf", "--sha256", sum.uppercased()]
        let first = await (try program.start(arguments, environment: cache(program))).end()
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output == folder(program, sum) + "/m.gguf\n")
        #expect(bytes(at: folder(program, sum) + "/m.gguf") == ServedFile.small.bytes)
        #expect(names(in: folder(program, sum)) == ["m.gguf", "m.gguf.lock", "m.gguf.verified"])
        let asked = server.requests.count
        let again = await (try program.start(arguments + ["--json"], environment: cache(program))).end()
        #expect(server.requests.count == asked, "a file that is there is not fetched again")
        #expect(again.json?["source"] as? String == "here already")
        #expect(again.json?["bytes"] as? Int == 95)
        #expect(again.json?["sha256"] as? String == sum)
        #expect(again.json?["checked"] as? Bool == true)
    }

    @Test func anotherFileIsRefusedWithBothChecksums() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile(ServedFile.small.bytes.reversed()).server()
        let outcome = try await program.run(
            "model", "pull", server.url + "/m.gguf", "--sha256", sum, environment: cache(program))
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("/m.gguf: has the SHA-256 "), "\(outcome.errors)")
        #expect(outcome.errors.contains(", 95 bytes. Expected \(sum). Nothing of it is kept: "), "\(outcome.errors)")
        #expect(names(in: folder(program, sum)) == ["m.gguf.lock"])
    }

    @Test func aKeyInAnAddressIsNotRepeated() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile(ServedFile.small.bytes.reversed()).server()
        let arguments = ["model", "pull", server.url + "/m.gguf?token=4711", "--sha256", sum]
        let outcome = await (try program.start(arguments, environment: cache(program))).end()
        #expect(server.requests.first?.path == "/m.gguf?token=4711")
        #expect(outcome.errors.contains("/m.gguf: has the SHA-256 "), "\(outcome.errors)")
        #expect(!(outcome.errors + outcome.output).contains("4711"), "\(outcome.errors)")
    }

    @Test func aHubWithAnotherFileIsRefusedBeforeItIsFetched() async throws {
        let program = try Program(skills: false)
        var file = ServedFile.small
        file.headers = ["X-Linked-Etag: \"\(String(repeating: "0", count: 64))\""]
        let server = try file.server()
        let environment = cache(program).merging(["HF_ENDPOINT": server.url]) { _, new in new }
        let outcome = try await program.run(
            "model", "pull", "hf:a/b/m.gguf", "--sha256", sum, environment: environment)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("says that its SHA-256 is 0000"), "\(outcome.errors)")
        #expect(server.ranges.isEmpty)
    }

    @Test func goesOnWhereACutDownloadStopped() async throws {
        let program = try Program(skills: false)
        var file = ServedFile.small
        file.cut = 40
        let server = try file.server()
        let arguments = ["model", "pull", server.url + "/m.gguf", "--sha256", sum]
        let cut = await (try program.start(arguments, environment: cache(program))).end()
        #expect(cut.status == 1)
        #expect(
            cut.errors.contains("/m.gguf: broke off after 40 bytes. What came is kept: pull again, and it goes on"),
            "\(cut.errors)")
        #expect(names(in: folder(program, sum)) == ["m.gguf.lock", "m.gguf.part"])
        let whole = await (try program.start(arguments, environment: cache(program))).end()
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(server.ranges == ["", "bytes=40-"])
        #expect(bytes(at: folder(program, sum) + "/m.gguf") == file.bytes)
    }

    @Test func goesOnByItselfAfterACutThatBroughtMuch() async throws {
        let program = try Program(skills: false)
        var file = ServedFile((0..<2_000_000).map { UInt8(($0 * 7 + $0 / 251) % 251) })
        file.cut = 1_500_000
        let server = try file.server()
        // What `sha256sum` says of these bytes.
        let sum = "b1812a64079ac7af7960f302ffc9f27cad6ca9e41f98dd93e617c21a37c2767d"
        let outcome = try await program.run(
            "model", "pull", server.url + "/m.gguf", "--sha256", sum, environment: cache(program))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(server.ranges == ["", "bytes=1500000-"])
        #expect(bytes(at: folder(program, sum) + "/m.gguf") == file.bytes)
    }

    @Test func theHubSendsReadersOnAndItsChecksumCounts() async throws {
        let program = try Program(skills: false)
        for (said, status) in [(sum, Int32(0)), (String(repeating: "0", count: 64), 1)] {
            var file = ServedFile.small
            file.path = "/elsewhere/blob"
            file.headers = ["X-Linked-Etag: \"\(said)\""]
            let server = try file.server()
            let environment = ["HF_ENDPOINT": server.url, "MUSTER_CACHE": "\(program.folder)/\(said.prefix(4))"]
            let outcome = try await program.run(
                "model", "pull", "hf:some/repo/deep/m.gguf", "--json", environment: environment)
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(server.requests.first?.path == "/some/repo/resolve/main/deep/m.gguf")
            if status == 0 {
                #expect(outcome.json?["checked"] as? Bool == true)
                let path = "\(program.folder)/\(said.prefix(4))/models/hf/some/repo/deep/m.gguf"
                #expect(outcome.json?["path"] as? String == path)
            } else {
                #expect(outcome.errors.contains("Expected \(said), as the hub says. "), "\(outcome.errors)")
            }
        }
    }

    @Test func whatNobodyCheckedIsSaidToBeUnchecked() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile.small.server()
        let environment = cache(program).merging(["HF_ENDPOINT": server.url]) { _, new in new }
        let outcome = try await program.run("model", "pull", "hf:a/b/m.gguf", environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("m.gguf: not checked, since nobody said what its checksum is"))
        #expect(!names(in: program.folder + "/cache/models/hf/a/b").contains("m.gguf.verified"))
    }

    @Test func aLoopOfRedirectsEnds() async throws {
        let program = try Program(skills: false)
        let server = try ScriptedSocketServer { _, _ in .response(302, headers: ["Location: /again"], body: "") }
        let outcome = try await program.run(
            "model", "pull", server.url + "/m.gguf", "--sha256", sum, environment: cache(program))
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("sends readers on more than 8 times"), "\(outcome.errors)")
        #expect(server.requests.count == 9)
    }

    @Test func aFileAtHandIsAdoptedAndADamagedOneReplaced() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile.small.server()
        let arguments = ["model", "pull", server.url + "/m.gguf", "--sha256", sum]
        let path = folder(program, sum) + "/m.gguf"
        try FileManager.default.createDirectory(atPath: folder(program, sum), withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: path, contents: Data(ServedFile.small.bytes)))
        let adopted = await (try program.start(arguments, environment: cache(program))).end()
        #expect(adopted.status == 0)
        #expect(server.requests.isEmpty)
        #expect(names(in: folder(program, sum)).contains("m.gguf.verified"))
        #expect(FileManager.default.createFile(atPath: path, contents: Data("damaged".utf8)))
        let replaced = await (try program.start(arguments, environment: cache(program))).end()
        #expect(replaced.errors.contains("is damaged; fetching it anew"), "\(replaced.errors)")
        #expect(bytes(at: path) == ServedFile.small.bytes)
    }

    @Test func anotherFileInTheUsersFolderIsLeftAlone() async throws {
        let program = try Program(skills: false)
        try program.write("mine", to: "m.gguf")
        let server = try ServedFile.small.server()
        let outcome = try await program.run(
            "model", "pull", server.url + "/m.gguf", "--sha256", sum, "--to", program.folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("Move that file away, or choose another folder with --to."))
        #expect(bytes(at: program.folder + "/m.gguf") == Array("mine".utf8))
        #expect(server.requests.isEmpty)
    }

    @Test func aSecondPullWaitsForTheFirst() async throws {
        let program = try Program(skills: false)
        let server = try ServedFile.small.server()
        try FileManager.default.createDirectory(atPath: folder(program, sum), withIntermediateDirectories: true)
        let lock = open(folder(program, sum) + "/m.gguf.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        try #require(flock(lock, LOCK_EX) == 0)
        let pull = try program.start(
            ["model", "pull", server.url + "/m.gguf", "--sha256", sum], environment: cache(program))
        while pull.isRunning, !pull.remarks.contains("another pull is under way") {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(server.requests.isEmpty)
        close(lock)
        #expect(await pull.end().status == 0)
    }
}
