import Foundation
import Glibc

/// A small file beside a model that says which checksum it was found to have: hashing a gigabyte at every start is
/// spared. Size and time of the last change must still agree, or the mark means nothing.
enum VerifiedMark {
    /// True if the file is there and was found to have this checksum.
    static func stands(for place: ModelPlace, sha256: String) -> Bool {
        guard let expected = text(sha256, ofFileAt: place.path),
            let handle = FileHandle(forReadingAtPath: place.mark)
        else { return false }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 256)) == Data(expected.utf8)
    }

    /// Marks the file, which has just been checked. Without the mark it is only hashed again, so that a full disk is no
    /// failure.
    static func write(for place: ModelPlace, sha256: String) {
        guard let text = text(sha256, ofFileAt: place.path) else { return }
        try? Data(text.utf8).write(to: URL(fileURLWithPath: place.mark), options: .atomic)
    }

    static func remove(for place: ModelPlace) { unlink(place.mark) }

    /// `sha256 bytes nanoseconds`, the last of them since 1970; nil if there is no such file.
    private static func text(_ sha256: String, ofFileAt path: String) -> String? {
        var found = stat()
        guard stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        let changed = Int(found.st_mtim.tv_sec) * 1_000_000_000 + Int(found.st_mtim.tv_nsec)
        return "\(sha256) \(found.st_size) \(changed)\n"
    }
}
