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

    // Open as long as the mapping, for `read`.
    private let descriptor: Int32

    /// Maps the file at `path`. Throws `GGUFRefusal` when there is no ordinary file that we may read.
    public init(readingFileAt path: String) throws(GGUFRefusal) {
        // Without O_NONBLOCK a named pipe would hold us until somebody writes to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable() }
        do {
            (start, byteCount) = try Self.map(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    private static func map(
        _ descriptor: Int32
    ) throws(GGUFRefusal) -> (start: UnsafeMutableRawPointer?, byteCount: Int) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable() }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw GGUFRefusal(offset: 0, reason: .unreadable("it is not an ordinary file"))
        }
        let size = Int(status.st_size)
        // The system maps no empty range, and an empty file needs none.
        guard size > 0 else { return (nil, 0) }
        let mapped = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { throw unreadable() }
        return (mapped, size)
    }

    deinit {
        if let start { munmap(start, byteCount) }
        close(descriptor)
    }

    /// Lends the bytes of `range` to `body`. Throws `GGUFRefusal` when `range` is not inside the file.
    public func withBytes<Result>(
        _ range: Range<Int>, _ body: (Span<UInt8>) throws(GGUFRefusal) -> Result
    ) throws(GGUFRefusal) -> Result {
        try check(range)
        let bytes = UnsafeRawBufferPointer(
            start: start.map { UnsafeRawPointer($0) + range.lowerBound }, count: range.count)
        return try body(bytes.assumingMemoryBound(to: UInt8.self).span)
    }

    /// The first byte of `range`, which is not empty; valid while this mapping lives. Throws `GGUFRefusal` when `range`
    /// is not inside the file.
    func start(of range: Range<Int>) throws(GGUFRefusal) -> UnsafeRawPointer {
        try check(range)
        guard let start else { preconditionFailure("an empty file has no range that is not empty") }
        return UnsafeRawPointer(start) + range.lowerBound
    }

    /// Where the `count` bytes at `address`, a place in the mapping, are in the file.
    func range(of address: UnsafeRawPointer, count: Int) -> Range<Int> {
        guard let start else { preconditionFailure("an empty file has no addresses") }
        let first = address - UnsafeRawPointer(start)
        return first..<first + count
    }

    /// Reads the bytes of `range` from the file to `place`, past the mapping: its pages do not come into memory for
    /// it. Throws `GGUFRefusal` when `range` is not inside the file, or the file does not give all of it.
    package func read(_ range: Range<Int>, into place: UnsafeMutableRawPointer) throws(GGUFRefusal) {
        try check(range)
        var done = 0
        while done < range.count {
            // A piece at a time: some systems refuse more than 2 GiB at once.
            let wanted = min(range.count - done, 1 << 30)
            let got = pread(descriptor, place + done, wanted, off_t(range.lowerBound + done))
            if got > 0 {
                done += got
            } else if got == 0 {
                // Somebody made the file shorter after it was opened.
                throw GGUFRefusal(
                    offset: UInt64(range.lowerBound),
                    reason: .truncated(found: UInt64(range.lowerBound + done), needed: UInt64(range.upperBound)))
            } else if errno != EINTR {
                throw Self.unreadable(at: UInt64(range.lowerBound + done))
            }
        }
    }

    private func check(_ range: Range<Int>) throws(GGUFRefusal) {
        guard range.lowerBound >= 0, range.upperBound <= byteCount else {
            throw GGUFRefusal(
                offset: UInt64(max(0, range.lowerBound)),
                reason: .truncated(found: UInt64(byteCount), needed: UInt64(max(0, range.upperBound))))
        }
    }

    private static func unreadable(at offset: UInt64 = 0) -> GGUFRefusal {
        GGUFRefusal(offset: offset, reason: .unreadable(String(cString: strerror(errno))))
    }
}
