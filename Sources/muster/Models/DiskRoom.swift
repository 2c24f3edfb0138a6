import Core
import Glibc

/// Free room on the disk, looked at before a large file is fetched.
enum DiskRoom {
    /// Bytes that may still be written in this folder; nil where the system does not say.
    static func free(in folder: String) -> Int? {
        var found = statvfs()
        guard statvfs(folder, &found) == 0 else { return nil }
        let (bytes, overflow) = Int(clamping: found.f_bavail).multipliedReportingOverflow(
            by: Int(clamping: found.f_frsize))
        return overflow ? Int.max : bytes
    }

    /// Throws a `Fault` if less than `bytes` are free.
    static func require(_ bytes: Int, in folder: String, for name: String) throws {
        guard let free = free(in: folder), free < bytes else { return }
        throw Fault(
            .unreadableFile, folder, "has \(free.asByteSize) free", expected: "\(name) needs \(bytes.asByteSize)",
            hint: "Make room, or choose another folder with --to")
    }
}

extension Int {
    /// As people read sizes: `732 KiB`, `468 MiB`.
    var asByteSize: String {
        if self < 10 << 10 { return "\(self) bytes" }
        return self < 10 << 20 ? "\(self >> 10) KiB" : "\(self >> 20) MiB"
    }
}
