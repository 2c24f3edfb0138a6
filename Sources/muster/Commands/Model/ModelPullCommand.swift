import ArgumentParser
import Core
import Foundation
import Transport

/// `muster model pull`: fetches a public model's file and checks it.
struct ModelPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Fetch a model's file from its publisher or a mirror and check it.",
        discussion: """
            A stopped download goes on where it was; a file that is there is only checked. The last line of the output \
            is the file's path, or that of the folder for a model of several files. With --json: {name, path, bytes, sha256, source, checked}.
            """)

    @Argument(help: "A name of the catalogue (--list), hf:owner/repo/file.gguf, or an address with --sha256.")
    var name: String?

    @Option(name: .customLong("sha256"), help: "What the file's SHA-256 must be, for addresses and hf: files.")
    var checksum: String?

    @Option(help: "The folder to put the file into. (default: the cache)", completion: .directory)
    var to: String?

    @Flag(help: "Show the catalogue instead.")
    var list = false

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    private struct Report: Encodable {
        var name: String
        var path: String
        var bytes: Int
        var sha256: String
        var source: String
        var checked: Bool
    }

    func validate() throws {
        if list {
            guard name == nil, checksum == nil, to == nil else {
                throw ValidationError("--list shows the whole catalogue: leave the rest out.")
            }
        } else if name == nil {
            throw ValidationError("Name a model; muster model pull --list shows the catalogue.")
        } else if to?.isEmpty == true {
            throw ValidationError("--to is empty; it takes a folder.")
        }
    }

    func run() async throws {
        guard let name else { return try CatalogueTable.print(asJSON: json) }
        let reference = try ModelReference(name, sha256: checksum)
        let hub = try ModelHub(ProcessInfo.processInfo.environment)
        var outcome: ModelPull.Outcome
        do {
            outcome = try await StoppedBySignal.run {
                for companion in reference.companions {
                    _ = try await Self.pull(companion, to: place(of: companion), hub: hub)
                }
                return try await Self.pull(reference, to: place(of: reference), hub: hub)
            }
        } catch let stopped as CancellationError {
            Output.remark("\nWhat came is kept: pull again, and it goes on from there.")
            throw stopped
        }
        // With companions it is the folder that the name stands for.
        if !reference.companions.isEmpty { outcome.path = place(of: reference).folder }
        if !outcome.isChecked {
            Output.remark("\(reference.fileName): not checked, since nobody said what its checksum is (--sha256)")
        }
        if json {
            return try Output.json(
                Report(
                    name: reference.name, path: outcome.path, bytes: outcome.bytes, sha256: outcome.sha256,
                    source: outcome.source, checked: outcome.isChecked))
        }
        Output.remark("\(outcome.bytes) bytes, SHA-256 \(outcome.sha256), \(outcome.source)")
        Output.line(outcome.path)
    }

    private func place(of reference: ModelReference) -> ModelPlace {
        to.map { ModelPlace(folder: $0, fileName: reference.fileName, isCache: false) }
            ?? ModelCache.place(of: reference)
    }

    private static func pull(
        _ reference: ModelReference, to place: ModelPlace, hub: ModelHub
    ) async throws -> ModelPull.Outcome {
        let transport = HTTPTransport()
        defer { transport.shutdown() }
        let line = ProgressLine(time: TimeSource.system(wall: WallClock.now))
        defer { line.end() }
        let pull = ModelPull(
            reference: reference, place: place, hub: hub, transport: transport,
            remark: { text in
                line.end()
                Output.remark(text)
            },
            progress: { done, total, detail in
                guard total > 1 << 20 else { return }
                // The end is shown when it is reached, not in the last mebibyte.
                let mebibytes = (total + (1 << 20) - 1) >> 20
                line.show(
                    done: done == total ? mebibytes : done >> 20, total: mebibytes,
                    detail: detail.isEmpty ? "MiB" : "MiB, \(detail)")
            })
        return try await pull.pull()
    }
}
