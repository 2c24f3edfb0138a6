/// Where one tensor of a GGUF file lies, and how its numbers are stored.
public struct GGUFTensor: Equatable, Sendable {
    /// Its name, such as `blk.0.ffn_gate_exps.weight`.
    public let name: String

    /// Elements along each dimension, the one whose neighbours are adjacent in memory first; empty for a single number.
    public let shape: [Int]

    /// How the numbers are stored.
    public let type: TensorType

    /// Position of the first byte in the file.
    public let start: Int

    /// Numbers in a row, which are adjacent in memory.
    public var rowLength: Int { shape.first ?? 1 }

    /// Rows of all the outer dimensions together.
    public var rowCount: Int { shape.dropFirst().reduce(1, *) }

    /// Size of a row, bytes.
    public var rowBytes: Int { rowLength / type.blockElements * type.blockBytes }

    /// Size of the tensor, bytes.
    public var byteCount: Int { rowBytes * rowCount }

    /// The bytes of the tensor in the file.
    var bytes: Range<Int> { start..<start + byteCount }

    /// Size of a tensor of `shape`, bytes; nil when a dimension is empty or a number does not fit `Int`.
    ///
    /// Both the count of the elements and the size are held to `Int`: a block may be larger or smaller than its count.
    static func byteCount(shape: [Int], type: TensorType) -> Int? {
        var rows = 1
        for dimension in shape.dropFirst() {
            guard dimension > 0 else { return nil }
            let product = rows.multipliedReportingOverflow(by: dimension)
            guard !product.overflow else { return nil }
            rows = product.partialValue
        }
        let length = shape.first ?? 1
        guard length > 0, !rows.multipliedReportingOverflow(by: length).overflow else { return nil }
        let row = (length / type.blockElements).multipliedReportingOverflow(by: type.blockBytes)
        let size = row.partialValue.multipliedReportingOverflow(by: rows)
        return row.overflow || size.overflow ? nil : size.partialValue
    }
}
