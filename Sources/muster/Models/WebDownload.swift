import Bench
import Core
import Transport

/// Fetches a model's file from an address: goes on where an earlier try stopped, and goes on by itself after a cut as
/// long as every try brings something.
struct WebDownload: Sendable {
    /// The file as it came, not yet accepted.
    struct Arrival {
        var file: GrowingFile
        /// What its checksum must be: the pinned one, else the hub's; nil if nobody says.
        var expected: String?
    }

    let address: String
    /// What faults call it; the address itself may hold a key.
    let name: String
    let transport: HTTPTransport
    /// What the file must be, as far as it is known.
    let bytes: Int?
    let sha256: String?
    /// Room on the disk that a file of unknown size leaves free.
    private static let reserve = 256 << 20
    /// A try that brings less than this is the last one, in bytes.
    private static let leastProgress = 1 << 20

    /// - Parameter partial: where the bytes are kept on their way.
    func fetch(
        into partial: String, at place: ModelPlace, progress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> Arrival {
        var found = try await WebFile.find(address, named: name, over: transport)
        if let bytes, let there = found.bytes, there != bytes {
            throw mismatch("has \(there) bytes")
        }
        if let sha256, let there = found.sha256, there != sha256 {
            throw mismatch("says that its SHA-256 is \(there)")
        }
        let expected = sha256 ?? found.sha256
        let total = bytes ?? found.bytes
        // Bytes of an earlier try are worth something only if a checksum will tell whether they belong to this file.
        let file = try GrowingFile(path: partial, keeps: expected != nil && total != nil)
        if let total, file.count >= total, file.count > total || file.checksum != expected { try file.restart() }
        try DiskRoom.require(total.map { $0 - file.count } ?? Self.reserve, in: place.folder, for: place.fileName)
        let most = total ?? max(0, (DiskRoom.free(in: place.folder) ?? Int.max) - Self.reserve)
        while total.map({ file.count < $0 }) ?? true {
            let before = file.count
            progress(file.count, total ?? 0)
            do {
                try await fetch(found.address, into: file, upTo: most) { progress(file.count, total ?? 0) }
                guard let total, file.count < total else { break }
                throw Fault(
                    .unreadableFile, name, "ended after \(file.count) of \(total) bytes",
                    hint: "What came is kept: pull again, and it goes on from there")
            } catch let fault as Fault {
                try Task.checkCancellation()
                if fault.code == .checksumMismatch { file.discard() }
                guard fault.code != .checksumMismatch, expected != nil,
                    file.count - before >= Self.leastProgress
                else { throw fault }
            }
            // A signed address may be too old by now.
            found = try await WebFile.find(address, named: name, over: transport)
        }
        return Arrival(file: file, expected: expected)
    }

    private func fetch(
        _ signed: String, into file: GrowingFile, upTo most: Int, progress: () -> Void
    ) async throws {
        do {
            try await WebFileFetcher(transport: transport).fetch(signed, from: file.count) { piece in
                if piece.offset == 0, file.count > 0 { try file.restart() }
                guard piece.offset == file.count else {
                    throw Fault(
                        .unreadableFile, name, "sent bytes from \(piece.offset) on",
                        expected: "Expected \(file.count)", hint: "Pull again")
                }
                guard piece.bytes.count <= most - file.count else {
                    throw mismatch("is larger than \(most) bytes")
                }
                try file.append(piece.bytes)
                progress()
            }
        } catch var fault as Fault where fault.subject == signed {
            fault.subject = name
            fault.expected = nil
            fault.hint = "What came is kept: pull again, and it goes on from there"
            throw fault
        }
    }

    private func mismatch(_ found: String) -> Fault {
        let size = bytes.map { "\($0) bytes" }
        let expected = [sha256, size].compactMap { $0 }.joined(separator: ", ")
        return Fault(
            .checksumMismatch, name, found, expected: expected.isEmpty ? nil : "Expected \(expected)",
            hint: "Nothing of it is kept: the file there is another one than the one that was asked for")
    }
}
