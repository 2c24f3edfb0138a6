import Core
import Glibc
import Logging
import ServiceLifecycle
import Settings
import UnixSignals

/// Reads the configuration and the skills again when a file changes or a SIGHUP comes. What is wrong stays outside: the
/// running configuration goes on, and the log says what to mend.
struct ConfigurationWatch: Service, CustomStringConvertible {
    let description = "configuration watch"
    let source: ConfigurationSource
    /// Of the files, taken before they were read: what has changed since then is read again.
    let known: Fingerprint
    let time: TimeSource
    let logger: Logger
    /// Takes the configuration over; returns what only a restart can change.
    let reload: @Sendable () async throws -> [String]

    /// How often files are looked at.
    static let pause = Duration.seconds(2)

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup { group in
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { await takeOver(because: "SIGHUP") }
                }
                if case .file = source { group.addTask { await watchFiles() } }
                try await group.waitForAll()
            }
        }
    }

    private func watchFiles() async {
        var folder = source.skillFolder()
        var known = known
        var seen = known
        while (try? await time.sleep(for: Self.pause)) != nil {
            let now = source.fingerprint(skills: folder)
            // An editor may be in the middle of its work: what counts is what stands still.
            if now == seen, now != known {
                await takeOver(because: "a file changed")
                // The settings may name another folder now.
                let next = source.skillFolder()
                known = next == folder ? now : source.fingerprint(skills: next)
                folder = next
            }
            seen = now
        }
    }

    private func takeOver(because cause: String) async {
        do {
            let notes = try await reload()
            logger.notice("configuration taken over", metadata: ["because": "\(cause)"])
            for note in notes { logger.warning("\(note)") }
        } catch let fault as Fault {
            logger.error("the running configuration stays: \(fault.sentence)", metadata: ["because": "\(cause)"])
        } catch {
            logger.error("the running configuration stays: \(type(of: error))", metadata: ["because": "\(cause)"])
        }
    }
}

extension ConfigurationSource {
    /// Of the files that are watched; of a configuration that is no file nothing.
    func fingerprint() -> Fingerprint {
        guard case .file = self else { return Fingerprint() }
        return fingerprint(skills: skillFolder())
    }

    /// Every file's path, and which file it leads to: links are followed, since some deployments swap only these.
    fileprivate func fingerprint(skills folder: String) -> Fingerprint {
        var print = Fingerprint()
        for path in files(skills: folder) {
            print.add(path)
            var file = stat()
            guard stat(path, &file) == 0 else { continue }
            print.add("\(file.st_dev) \(file.st_ino) \(file.st_size) \(file.st_mtim.tv_sec) \(file.st_mtim.tv_nsec)")
        }
        return print
    }
}
