public import Core
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
        /// What the file was held to, or what it is.
        public var sha256: String
        public var size: Int
        /// True if nobody had told its checksum, so that this download's is what later ones are held to.
        public var isFirst = false
    }

    /// What a file must be.
    private struct Seal {
        var sha256: String
        var size: Int
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
    public func pull(_ source: SuiteSpec.Part, progress: (Progress) -> Void) async throws -> Outcome {
        let path = "\(folder)/\(source.file)"
        let seal = source.sha256.flatMap { sum in source.size.map { Seal(sha256: sum, size: $0) } } ?? remembered(path)
        if let seal, try PartialFile.checksum(ofFileAt: path, size: seal.size) == seal.sha256 {
            return Outcome(
                path: path, wasThere: true, fetched: 0, resumedAt: 0, sha256: seal.sha256, size: seal.size)
        }
        guard !source.url.isEmpty else {
            throw Fault(
                .unsupported, "part \(source.name)", "has no address to fetch it from", hint: "Name a file with --data")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Fault(.unreadableFile, folder, "cannot be made or written", hint: "Choose another cache folder")
        }
        let most = seal?.size ?? SuiteFile.largestFile
        let part = try PartialFile(path: path + ".part", size: most)
        defer { part.close() }
        let resumedAt = part.count
        progress(Progress(done: part.count, total: seal?.size ?? 0))
        if part.count < most {
            try await fetcher.fetch(source.url, from: part.count) { piece in
                try take(piece, into: part, of: source, seal, most: most)
                progress(Progress(done: part.count, total: seal?.size ?? 0))
            }
        }
        let found = Seal(sha256: part.checksum, size: part.count)
        if let seal {
            guard found.size == seal.size else {
                throw Fault(
                    .unreadableFile, source.url, "ended after \(part.count) of \(seal.size) bytes",
                    hint: "Pull again: it goes on from there")
            }
            guard found.sha256 == seal.sha256 else {
                part.discard()
                throw mismatch(source, seal, found: "has the checksum \(found.sha256)")
            }
        }
        try part.move(to: path)
        if seal == nil { try remember(found, path) }
        return Outcome(
            path: path, wasThere: false, fetched: max(0, part.fetched), resumedAt: part.restarted ? 0 : resumedAt,
            sha256: found.sha256, size: found.size, isFirst: seal == nil)
    }

    /// What an earlier download of a file without a published checksum was.
    private func remembered(_ path: String) -> Seal? {
        guard let data = FileManager.default.contents(atPath: path + ".sha256"), data.count < 200 else { return nil }
        let words = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].utf8.count == 64, let size = Int(words[1]), size > 0 else { return nil }
        return Seal(sha256: String(words[0]), size: size)
    }

    private func remember(_ seal: Seal, _ path: String) throws {
        do {
            try Data("\(seal.sha256) \(seal.size)\n".utf8).write(to: URL(fileURLWithPath: path + ".sha256"))
        } catch {
            throw Fault(.unreadableFile, path + ".sha256", "cannot be written", hint: "Choose another cache folder")
        }
    }

    private func take(
        _ piece: FilePiece, into part: PartialFile, of source: SuiteSpec.Part, _ seal: Seal?, most: Int
    ) throws {
        if piece.offset == 0, part.count > 0 { try part.restart() }
        guard piece.offset == part.count else {
            throw Fault(
                .unreadableFile, source.url, "sent bytes from \(piece.offset) on", expected: "Expected \(part.count)",
                hint: "Pull again")
        }
        guard part.count + piece.bytes.count <= most else {
            part.discard()
            throw mismatch(source, seal, found: "is larger than \(most) bytes")
        }
        try part.append(piece.bytes)
    }

    private func mismatch(_ source: SuiteSpec.Part, _ seal: Seal?, found: String) -> Fault {
        Fault(
            .checksumMismatch, source.url, found,
            expected: seal.map { "Expected \($0.sha256), \($0.size) bytes" },
            hint: "The publisher's file has changed, or the download was tampered with; --data uses a file at hand")
    }
}
