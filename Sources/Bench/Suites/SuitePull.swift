import Core
import Foundation

/// Fetches a suite's file from its publisher into a folder: goes on where an earlier try stopped, checks size and
/// checksum, and puts the file in place in one step, so that it is there whole or not at all.
public struct SuitePull: Sendable {
    /// How far it is, in bytes.
    public struct Progress: Sendable, Hashable {
        public var done: Int
        public var total: Int
    }

    /// What it came to.
    public struct Outcome: Sendable, Hashable {
        /// Where the file is.
        public var path: String
        /// True if the right file was there before.
        public var wasThere: Bool
        /// Bytes fetched now.
        public var fetched: Int
        /// Bytes that an earlier try had left.
        public var resumedAt: Int
    }

    private let folder: String
    private let fetcher: any FileFetcher

    /// - Parameter folder: where the suite's files are kept; made if it is not there.
    public init(folder: String, fetcher: any FileFetcher) {
        self.folder = folder
        self.fetcher = fetcher
    }

    /// Fetches a file unless it is there.
    ///
    /// - Throws: a `Fault`; `checksumMismatch` with both checksums if the publisher's file is another one, in which case
    ///   nothing of it is kept.
    public func pull(_ source: Suite.Source, progress: (Progress) -> Void) async throws -> Outcome {
        let path = "\(folder)/\(source.fileName)"
        if try PartialFile.checksum(ofFileAt: path, size: source.size) == source.sha256 {
            return Outcome(path: path, wasThere: true, fetched: 0, resumedAt: 0)
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Fault(.unreadableFile, folder, "cannot be made or written", hint: "Choose another cache folder")
        }
        let part = try PartialFile(path: path + ".part", size: source.size)
        defer { part.close() }
        let resumedAt = part.count
        progress(Progress(done: part.count, total: source.size))
        if part.count < source.size {
            try await fetcher.fetch(source.url, from: part.count) { piece in
                try take(piece, into: part, of: source)
                progress(Progress(done: part.count, total: source.size))
            }
        }
        guard part.count == source.size else {
            throw Fault(
                .unreadableFile, source.url, "ended after \(part.count) of \(source.size) bytes",
                hint: "Pull again: it goes on from there")
        }
        let found = part.checksum
        guard found == source.sha256 else {
            part.discard()
            throw mismatch(source, found: "has the checksum \(found)")
        }
        try part.move(to: path)
        return Outcome(
            path: path, wasThere: false, fetched: max(0, part.fetched), resumedAt: part.restarted ? 0 : resumedAt)
    }

    private func take(_ piece: FilePiece, into part: PartialFile, of source: Suite.Source) throws {
        if piece.offset == 0, part.count > 0 { try part.restart() }
        guard piece.offset == part.count else {
            throw Fault(
                .unreadableFile, source.url, "sent bytes from \(piece.offset) on", expected: "Expected \(part.count)",
                hint: "Pull again")
        }
        guard part.count + piece.bytes.count <= source.size else {
            part.discard()
            throw mismatch(source, found: "is larger than \(source.size) bytes")
        }
        try part.append(piece.bytes)
    }

    private func mismatch(_ source: Suite.Source, found: String) -> Fault {
        Fault(
            .checksumMismatch, source.url, found, expected: "Expected \(source.sha256), \(source.size) bytes",
            hint: "The publisher's file has changed, or the download was tampered with; --data uses a file at hand")
    }
}
