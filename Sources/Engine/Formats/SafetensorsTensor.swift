/// A tensor of a safetensors file: how its numbers are stored and where.
public struct SafetensorsTensor: Equatable, Sendable {
    public let name: String

    public let type: SafetensorsType

    /// Its dimensions, the slowest first, as the file's authors wrote them; none for a single number.
    public let shape: [Int]

    /// Where its numbers lie in the file, bytes.
    public let bytes: Range<Int>

    /// Its numbers.
    public var elementCount: Int { bytes.count / type.byteCount }
}
