import Foundation

/// The first 24 bytes of a GGUF model file: how much the file says it holds, checked against the file's size.
///
/// Bytes 0–3 the letters `GGUF`, 4–7 version (UInt32), 8–15 number of tensors (UInt64), 16–23 number of metadata
/// entries (UInt64), all little-endian. Source: the GGUF specification of the ggml project. Version 1 had 32-bit counts
/// and is refused. The counts are outside numbers that a reader would allocate by, so they are held to what the file
/// could describe at all.
public struct GGUFHeader: Equatable, Sendable {
    /// Size of the header, bytes.
    public static let byteCount = 24

    /// Format version, 2 or 3.
    public let version: UInt32

    /// Number of tensors described after the metadata.
    public let tensorCount: UInt64

    /// Number of metadata entries, which follow the header.
    public let metadataCount: UInt64

    /// Reads the header of the file at `path`. Throws `GGUFRefusal`.
    public init(readingFileAt path: String) throws(GGUFRefusal) {
        let start: [UInt8]
        let fileSize: UInt64
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            start = try Array(file.read(upToCount: Self.byteCount) ?? Data())
            fileSize = try file.seekToEnd()
        } catch {
            throw GGUFRefusal(offset: 0, reason: .unreadable(error.localizedDescription))
        }
        try self.init(start: start.span, fileSize: fileSize)
    }

    /// Reads the header from the first bytes of a file of `fileSize` bytes. Throws `GGUFRefusal`.
    public init(start: Span<UInt8>, fileSize: UInt64) throws(GGUFRefusal) {
        try Self.checkMagic(start)
        let available = min(UInt64(start.count), fileSize)
        guard available >= UInt64(Self.byteCount) else {
            throw GGUFRefusal(offset: available, reason: .truncated(found: available, needed: UInt64(Self.byteCount)))
        }
        version = UInt32(truncatingIfNeeded: Self.number(in: start, at: 4, bytes: 4))
        tensorCount = Self.number(in: start, at: 8, bytes: 8)
        metadataCount = Self.number(in: start, at: 16, bytes: 8)
        try checkVersion()
        try checkCounts(room: fileSize - UInt64(Self.byteCount))
    }

    /// Looks at the letters before the length, so that a short file of another kind is called what it is.
    private static func checkMagic(_ start: Span<UInt8>) throws(GGUFRefusal) {
        let magic: [UInt8] = [0x47, 0x47, 0x55, 0x46]
        var found: [UInt8] = []
        for index in 0..<min(4, start.count) {
            found.append(start[index])
        }
        guard found != magic.reversed() else { throw GGUFRefusal(offset: 0, reason: .bigEndian) }
        guard magic.starts(with: found) else {
            let text = found.map { String(format: "%02x", $0) }.joined(separator: " ")
            throw GGUFRefusal(offset: 0, reason: .notGGUF(found: text))
        }
    }

    private func checkVersion() throws(GGUFRefusal) {
        guard version != 2, version != 3 else { return }
        // Big-endian files keep the letters in order and turn every number round, so 3 reads as 0x03000000.
        let turned = version.byteSwapped
        throw GGUFRefusal(
            offset: 4, reason: (1...3).contains(turned) ? .bigEndian : .unsupportedVersion(version))
    }

    /// Holds the counts to the bytes behind the header: each entry takes some, and both lists share the room.
    private func checkCounts(room: UInt64) throws(GGUFRefusal) {
        let mostTensors = room / Self.leastTensorBytes
        guard tensorCount <= mostTensors else {
            throw GGUFRefusal(offset: 8, reason: .tooManyTensors(found: tensorCount, most: mostTensors))
        }
        let mostEntries = (room - tensorCount * Self.leastTensorBytes) / Self.leastMetadataBytes
        guard metadataCount <= mostEntries else {
            throw GGUFRefusal(
                offset: 16, reason: .tooManyMetadataEntries(found: metadataCount, most: mostEntries))
        }
    }

    /// Least size of a tensor's description, bytes: name length 8, dimension count 4, type 4, offset 8; an empty name
    /// and no dimension.
    private static let leastTensorBytes: UInt64 = 24

    /// Least size of a metadata entry, bytes: key length 8, type 4, a one-byte value; an empty key.
    private static let leastMetadataBytes: UInt64 = 13

    private static func number(in bytes: Span<UInt8>, at offset: Int, bytes count: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in (0..<count).reversed() {
            value = value << 8 | UInt64(bytes[offset + index])
        }
        return value
    }
}
