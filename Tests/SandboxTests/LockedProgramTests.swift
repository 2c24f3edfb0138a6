import Foundation
import Sandbox
import Testing

/// What a locked-up program can do and what it cannot; with the shell's own commands, which every system has.
@Suite(.enabled(if: LockedProgram.obstacle == nil, "this kernel cannot lock programs up"))
struct LockedProgramTests {
    private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private func shell(
        _ text: String, readable: [String] = [], limits: LockedProgram.Limits = .init()
    ) async -> LockedProgram.Outcome {
        await LockedProgram(path: "/bin/sh", arguments: ["-s"], readable: readable, limits: limits)
            .run(input: Array(text.utf8))
    }

    @Test func itReadsItsInputAndEndsWithItsStatus() async {
        #expect(await shell("exit 7").ending == .exited(status: 7))
        let outcome = await shell("echo on the way >&2; exit 0")
        #expect(outcome.ending == .exited(status: 0))
        #expect(outcome.error == "on the way\n")
    }

    @Test func itWritesNoFile() async throws {
        let path = NSTemporaryDirectory() + "muster-sandbox-\(UUID().uuidString)"
        let outcome = await shell("echo something > \(path)")
        #expect(outcome.ending != .exited(status: 0))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func itReadsOnlyWhereItMay() async throws {
        let folder = NSTemporaryDirectory() + "muster-sandbox-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("word\n".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
        let text = "read line < \(folder)/file && [ \"$line\" = word ]"
        #expect(await shell(text).ending != .exited(status: 0))
        #expect(await shell(text, readable: [folder]).ending == .exited(status: 0))
        #expect(await shell("read line < /etc/passwd").ending != .exited(status: 0))
    }

    @Test func itBeginsNoOtherProcess() async {
        let outcome = await shell("( exit 0 ) && exit 0\nexit 3")
        #expect(outcome.ending != .exited(status: 0))
        #expect(await shell("/bin/ls / || exit 5").ending != .exited(status: 0))
    }

    @Test func itCannotReachOtherProcesses() async {
        #expect(await shell("kill -0 1 || exit 9").ending == .exited(status: 9))
        let own = getpid()
        #expect(await shell("kill -TERM \(own) || exit 9").ending == .exited(status: 9))
    }

    @Test func itIsEndedWhenItsTimeIsOver() async {
        let short = LockedProgram.Limits(cpuSeconds: 60, wallMilliseconds: 300)
        #expect(await shell("while :; do :; done", limits: short).ending == .timedOut)
    }

    @Test func aProgramThatIsNotThereIsRefused() async {
        let outcome = await LockedProgram(path: "/usr/bin/no-such-program").run(input: [])
        guard case .refused(let step, _) = outcome.ending else {
            Issue.record("\(outcome.ending)")
            return
        }
        #expect(step == "beginning the program")
    }

    @Test func onlyTheEndOfItsErrorsIsKept() async {
        let outcome = await shell(
            "i=0; while [ $i -lt 400 ]; do echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done; echo last >&2"
        )
        #expect(outcome.error.utf8.count == 4_096)
        #expect(outcome.error.hasSuffix("last\n"))
    }

    @Test(.enabled(if: python != nil)) func pythonHasNoNetworkAndNoMoreMemoryThanItMay() async {
        let program = LockedProgram(
            path: Self.python ?? "", arguments: ["-I", "-"], limits: .init(memory: 512 << 20))
        for (text, wanted) in [
            ("print(sum(range(10)))", "0"), ("import socket; socket.socket()", "PermissionError"),
            ("x = 'a' * (1 << 30)", "MemoryError"), ("import os; os.fork()", "PermissionError"),
            ("import subprocess; subprocess.run(['ls'])", "PermissionError"),
        ] {
            let outcome = await program.run(input: Array(text.utf8))
            if wanted == "0" {
                #expect(outcome.ending == .exited(status: 0), "\(outcome)")
            } else {
                #expect(outcome.ending == .exited(status: 1) && outcome.error.contains(wanted), "\(text): \(outcome)")
            }
        }
    }
}
