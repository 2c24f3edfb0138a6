/// A model file in the GGUF format, versions 2 and 3: what it says of the model, and its tensors, never copied.
///
/// Order in the file: header, metadata, descriptions of the tensors, padding, numbers of the tensors. Everything is
/// checked when the file is opened, so that a later reader can trust a tensor's place. Source: the GGUF specification
/// of the ggml project.
public struct GGUFFile: Sendable {
    /// The counts at the start of the file.
    public let header: GGUFHeader

    /// What the file says of its model.
    public let metadata: GGUFMetadata

    /// Where its tensors are.
    public let tensors: GGUFTensorTable

    /// The file's memory, which a pointer into it needs kept.
    let mapping: MappedFile

    /// Opens and checks the file at `path`. Throws `GGUFRefusal`.
    public init(readingFileAt path: String) throws(GGUFRefusal) {
        let file = try MappedFile(readingFileAt: path)
        (header, metadata, tensors) = try file.withBytes(0..<file.byteCount, Self.read)
        mapping = file
    }

    /// Lends the stored bytes of `rows` of `tensor`, a tensor of this file. Throws `GGUFRefusal` for rows it lacks.
    public func withBytes<Result>(
        of tensor: GGUFTensor, rows: Range<Int>, _ body: (Span<UInt8>) throws(GGUFRefusal) -> Result
    ) throws(GGUFRefusal) -> Result {
        guard rows.lowerBound >= 0, rows.upperBound <= tensor.rowCount else {
            throw GGUFRefusal(
                offset: UInt64(tensor.start),
                reason: .tensor(name: tensor.name, .rows(asked: rows, count: tensor.rowCount)))
        }
        let first = tensor.start + rows.lowerBound * tensor.rowBytes
        return try mapping.withBytes(first..<first + rows.count * tensor.rowBytes, body)
    }

    /// Where the numbers of `tensor`, a tensor of this file, begin in memory; valid while `mapping` lives.
    func start(of tensor: GGUFTensor) throws(GGUFRefusal) -> UnsafeRawPointer {
        try mapping.start(of: tensor.bytes)
    }

    private static func read(
        _ bytes: Span<UInt8>
    ) throws(GGUFRefusal) -> (GGUFHeader, GGUFMetadata, GGUFTensorTable) {
        let start = bytes.extracting(0..<min(bytes.count, GGUFHeader.byteCount))
        let header = try GGUFHeader(start: start, fileSize: UInt64(bytes.count))
        var cursor = GGUFCursor(position: GGUFHeader.byteCount)
        let metadata = try GGUFMetadata(count: header.metadataCount, at: &cursor, in: bytes)
        let tensors = try GGUFTensorTable(
            count: header.tensorCount, alignment: try alignment(in: metadata), at: &cursor, in: bytes)
        return (header, metadata, tensors)
    }

    /// The multiple, bytes, at which every tensor begins: 32 when the file does not say. A larger one than a mebibyte
    /// helps no machine and would let padding hide in the arithmetic.
    private static func alignment(in metadata: GGUFMetadata) throws(GGUFRefusal) -> UInt64 {
        let key = "general.alignment"
        guard metadata[key] != nil else { return 32 }
        let found = try metadata.integer(key)
        guard (8...1 << 20).contains(found), found.nonzeroBitCount == 1 else {
            throw GGUFRefusal(
                offset: metadata.offset(of: key),
                reason: .wrongValue(key: key, found: "\(found)", expected: "a power of two from 8 to 1048576"))
        }
        return UInt64(found)
    }
}
