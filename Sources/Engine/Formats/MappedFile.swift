import Foundation

/// A file seen as memory: the system reads a page when it is first touched, and may forget it when memory is short.
///
/// Read-only; unmapped when the last owner lets go. Positions are checked against the size the file had when it was
/// opened. A file that another program shortens afterwards ends the process (SIGBUS), as with every mapping: replace
/// a model in use by renaming, not by writing over it.
public final class MappedFile: Sendable {
    /// Size of the file when it was opened, bytes.
    public let byteCount: Int

    // Never written after `init` and mapped without the right to write, so any thread may read it.
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer?

    /// Maps the file at `path`. Throws `GGUFRefusal` when there is no ordinary file that we may read.
    public init(readingFileAt path: String) throws(GGUFRefusal) {
        // Without O_NONBLOCK a named pipe would hold us until somebody writes to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable() }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw GGUFRefusal(offset: 0, reason: .unreadable("it is not an ordinary file"))
        }
        let size = Int(status.st_size)
        // The system maps no empty range, and an empty file needs none.
        if size == 0 {
            start = nil
        } else {
            let mapped = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
            guard let mapped, mapped != MAP_FAILED else { throw Self.unreadable() }
            start = mapped
        }
        byteCount = size
    }

    deinit {
        if let start { munmap(start, byteCount) }
    }

    /// Lends the bytes of `range` to `body`. Throws `GGUFRefusal` when `range` is not inside the file.
    public func withBytes<Result>(
        _ range: Range<Int>, _ body: (Span<UInt8>) throws(GGUFRefusal) -> Result
    ) throws(GGUFRefusal) -> Result {
        guard range.lowerBound >= 0, range.upperBound <= byteCount else {
            throw GGUFRefusal(
                offset: UInt64(max(0, range.lowerBound)),
                reason: .truncated(found: UInt64(byteCount), needed: UInt64(max(0, range.upperBound))))
        }
        let bytes = UnsafeRawBufferPointer(
            start: start.map { UnsafeRawPointer($0) + range.lowerBound }, count: range.count)
        return try body(bytes.assumingMemoryBound(to: UInt8.self).span)
    }

    private static func unreadable() -> GGUFRefusal {
        GGUFRefusal(offset: 0, reason: .unreadable(String(cString: strerror(errno))))
    }
}
