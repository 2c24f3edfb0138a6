import Core
import Crypto
import Foundation

/// A model's file on its way, with the checksum of what is there so far. Used by one task at a time.
final class GrowingFile {
    let path: String
    private let handle: FileHandle
    private var hash = SHA256()
    /// Bytes that are there.
    private(set) var count = 0

    /// - Parameter keeps: whether what an earlier try left is kept; it is hashed then.
    init(path: String, keeps: Bool) throws {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw Fault(.unreadableFile, path, "cannot be written", hint: "Choose another folder with --to")
        }
        self.path = path
        self.handle = handle
        try writing {
            if keeps { (hash, count) = try Self.read(handle) } else { try handle.truncate(atOffset: 0) }
        }
    }

    deinit { try? handle.close() }

    /// Lower-case hexadecimal digits of the SHA-256 so far.
    var checksum: String { Self.digits(hash.finalize()) }

    func append(_ bytes: some DataProtocol) throws {
        try writing { try handle.write(contentsOf: bytes) }
        hash.update(data: bytes)
        count += bytes.count
    }

    /// Throws away what is there.
    func restart() throws {
        try writing { try handle.truncate(atOffset: 0) }
        (hash, count) = (SHA256(), 0)
    }

    /// Puts the file in place in one step, safe from a power cut.
    func move(to target: String) throws {
        try writing { try handle.synchronize() }
        guard rename(path, target) == 0 else {
            throw Fault(.unreadableFile, target, "cannot be put in place", hint: "Choose another folder with --to")
        }
    }

    func discard() { try? FileManager.default.removeItem(atPath: path) }

    /// Size and checksum of a file; nil if it cannot be read, or has another size than `bytes`, in which case it is not
    /// read at all.
    static func measure(_ path: String, expecting bytes: Int?) throws -> (bytes: Int, sha256: String)? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        if let bytes {
            guard let end = try? handle.seekToEnd(), end == UInt64(bytes), (try? handle.seek(toOffset: 0)) != nil else {
                return nil
            }
        }
        do {
            let (hash, count) = try read(handle)
            return (count, digits(hash.finalize()))
        } catch let stopped as CancellationError {
            throw stopped
        } catch {
            return nil
        }
    }

    /// Hashes to the end. Throws `CancellationError` when the task is cancelled.
    private static func read(_ handle: FileHandle) throws -> (hash: SHA256, count: Int) {
        var (hash, count) = (SHA256(), 0)
        while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
            try Task.checkCancellation()
            hash.update(data: bytes)
            count += bytes.count
        }
        return (hash, count)
    }

    private static func digits(_ digest: SHA256.Digest) -> String { digest.map(\.paddedHex).joined() }

    private func writing(_ work: () throws -> Void) throws {
        do { try work() } catch let stopped as CancellationError { throw stopped } catch {
            throw Fault(
                .unreadableFile, path, "cannot be written: \(error.localizedDescription)",
                hint: "Is there room on the disk?")
        }
    }
}
