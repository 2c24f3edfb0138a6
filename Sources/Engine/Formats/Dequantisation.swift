/// Turns stored numbers of a tensor, of whatever type, into `Float`s.
///
/// The plain way, block by block: it is what fast arithmetic on the stored blocks is held to. A scale that is not a
/// number gives numbers that are none, and never a stop.
public enum Dequantisation {
    /// Numbers of whole blocks of `type`. Not whole is a programmer's error: the bytes come from a checked tensor.
    package static func numbers(of type: TensorType, in bytes: Span<UInt8>) -> [Float] {
        precondition(bytes.count.isMultiple(of: type.blockBytes), "whole blocks of \(type.name)")
        let blocks = bytes.count / type.blockBytes
        return [Float](unsafeUninitializedCapacity: blocks * type.blockElements) { room, count in
            room.initialize(repeating: 0)
            count = room.count
            var numbers = room.mutableSpan
            for index in 0..<blocks {
                let first = index * type.blockBytes
                let block = bytes.extracting(first..<first + type.blockBytes)
                decode(block, type, into: &numbers, at: index * type.blockElements)
            }
        }
    }

    private static func decode(
        _ block: Span<UInt8>, _ type: TensorType, into numbers: inout MutableSpan<Float>, at start: Int
    ) {
        switch type {
        case .f32: numbers[start] = SingleNumbers.f32(block)
        case .f16: numbers[start] = SingleNumbers.f16(block, at: 0)
        case .bf16: numbers[start] = SingleNumbers.bf16(block)
        case .q4_0: SimpleBlocks.q4_0(block, into: &numbers, at: start)
        case .q4_1: SimpleBlocks.q4_1(block, into: &numbers, at: start)
        case .q5_0: SimpleBlocks.q5_0(block, into: &numbers, at: start)
        case .q5_1: SimpleBlocks.q5_1(block, into: &numbers, at: start)
        case .q8_0: SimpleBlocks.q8_0(block, into: &numbers, at: start)
        case .q2_K: SuperBlocks.q2_K(block, into: &numbers, at: start)
        case .q3_K: SuperBlocks.q3_K(block, into: &numbers, at: start)
        case .q4_K: SuperBlocks.q4_K(block, into: &numbers, at: start)
        case .q5_K: SuperBlocks.q5_K(block, into: &numbers, at: start)
        case .q6_K: SuperBlocks.q6_K(block, into: &numbers, at: start)
        case .mxfp4: MicroscaledBlocks.mxfp4(block, into: &numbers, at: start)
        }
    }
}

extension GGUFFile {
    /// The numbers of `rows` of `tensor`, a tensor of this file, row after row. Throws `GGUFRefusal` for rows it lacks.
    public func numbers(of tensor: GGUFTensor, rows: Range<Int>) throws(GGUFRefusal) -> [Float] {
        try withBytes(of: tensor, rows: rows) { Dequantisation.numbers(of: tensor.type, in: $0) }
    }
}
