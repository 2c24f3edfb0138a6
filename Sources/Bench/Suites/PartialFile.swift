import Core
import Crypto
import Foundation

/// A file on its way, with the checksum of what is there so far. Used by one task at a time.
final class PartialFile {
    private let path: String
    private let handle: FileHandle
    private var hash = SHA256()
    /// Bytes that are there.
    private(set) var count = 0
    /// Bytes that were appended.
    private(set) var fetched = 0
    /// True if what an earlier try had left was thrown away.
    private(set) var restarted = false

    /// Opens what an earlier try left, or begins anew.
    ///
    /// - Parameter size: a file that reaches it is of no use, or it would have been moved: it is begun anew.
    init(path: String, size: Int) throws {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw Fault(.unreadableFile, path, "cannot be written", hint: "Choose another cache folder")
        }
        self.path = path
        self.handle = handle
        try writing {
            guard try handle.seekToEnd() < UInt64(size) else { return try handle.truncate(atOffset: 0) }
            try handle.seek(toOffset: 0)
            count = try Self.read(handle, into: &hash)
        }
    }

    /// Lower-case hexadecimal digits of the SHA-256 so far.
    var checksum: String { Self.digits(hash.finalize()) }

    func append(_ bytes: [UInt8]) throws {
        try writing { try handle.write(contentsOf: bytes) }
        hash.update(data: bytes)
        count += bytes.count
        fetched += bytes.count
    }

    /// Throws away what is there.
    func restart() throws {
        try writing { try handle.truncate(atOffset: 0) }
        hash = SHA256()
        (count, fetched) = (0, 0)
        restarted = true
    }

    /// Puts the file in place in one step, safe from a power cut.
    func move(to target: String) throws {
        try writing { try handle.synchronize() }
        guard rename(path, target) == 0 else {
            throw Fault(.unreadableFile, target, "cannot be put in place", hint: "Choose another cache folder")
        }
    }

    /// Removes the file.
    func discard() { try? FileManager.default.removeItem(atPath: path) }

    func close() { try? handle.close() }

    /// The checksum of a file if it has this size; nil otherwise, or if there is none.
    static func checksum(ofFileAt path: String, size: Int) throws -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        var hash = SHA256()
        guard let end = try? handle.seekToEnd(), end == UInt64(size), (try? handle.seek(toOffset: 0)) != nil,
            let count = try? read(handle, into: &hash), count == size
        else { return nil }
        return digits(hash.finalize())
    }

    private static func read(_ handle: FileHandle, into hash: inout SHA256) throws -> Int {
        var count = 0
        while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
            hash.update(data: bytes)
            count += bytes.count
        }
        return count
    }

    private static func digits(_ digest: SHA256.Digest) -> String { digest.map(\.paddedHex).joined() }

    private func writing(_ work: () throws -> Void) throws {
        do { try work() } catch {
            throw Fault(
                .unreadableFile, path, "cannot be written: \(error.localizedDescription)",
                hint: "Is there room on the disk?")
        }
    }
}
