import Foundation

/// Lends a test memory whose last byte is followed by a page that nobody may touch: reading beyond the end stops the
/// tests.
enum GuardedMemory {
    struct NoMemory: Error {}

    static func with<Result>(_ bytes: [UInt8], _ body: (UnsafeRawPointer) throws -> Result) throws -> Result {
        let page = Int(getpagesize())
        let whole = (bytes.count + page - 1) / page * page
        guard
            let memory = mmap(nil, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { throw NoMemory() }
        defer { munmap(memory, whole + page) }
        guard mprotect(memory + whole, page, PROT_NONE) == 0 else { throw NoMemory() }
        let start = memory + (whole - bytes.count)
        start.copyMemory(from: bytes, byteCount: bytes.count)
        return try body(start)
    }
}
