import Engine
import Kernels
import Support

/// Rows of one stored type for a test: random ones with moderate scales, and what they and packed activations mean.
struct StoredSample {
    let type: TensorType
    let rows: StoredRows
    private(set) var rowCount: Int
    private(set) var bytes: [UInt8]

    /// `gap` bytes between rows belong to nobody; there are none behind the last row.
    init(_ type: TensorType, blocks: Int, rowCount: Int, gap: Int, using random: inout TestRandom) {
        let used = blocks * type.blockBytes
        self.type = type
        self.rowCount = rowCount
        rows = StoredRows(type: type.rawValue, length: blocks * type.blockElements, rowBytes: used + gap)
        bytes = []
        for row in 0..<rowCount {
            if row > 0 { bytes += [UInt8](repeating: 0xFF, count: gap) }
            for _ in 0..<blocks { bytes += Self.block(type, using: &random) }
        }
    }

    /// The same with the first rows only.
    func first(_ count: Int) -> StoredSample {
        var copy = self
        copy.rowCount = count
        copy.bytes = Array(bytes.prefix(count * rows.rowBytes))
        return copy
    }

    private static func block(_ type: TensorType, using random: inout TestRandom) -> [UInt8] {
        let number = Float.random(in: -2...2, using: &random)
        switch type {
        case .f32: return littleEndian(number.bitPattern)
        case .f16: return littleEndian(Float16(number).bitPattern)
        case .bf16: return littleEndian(UInt16(number.bitPattern >> 16))
        case .mxfp4:
            return [UInt8.random(in: 120...134, using: &random)] + PackedBlock(type, using: &random).bytes.dropFirst()
        default: return PackedBlock(type, using: &random).bytes
        }
    }

    private static func littleEndian(_ bits: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: bits.littleEndian) { [UInt8]($0) }
    }

    /// The bytes of row `row` without the gap.
    func row(_ row: Int) -> ArraySlice<UInt8> {
        bytes[(row * rows.rowBytes)...].prefix(rows.length / type.blockElements * type.blockBytes)
    }

    /// The plain reading of a row.
    func numbers(ofRow row: Int) -> [Float] {
        Dequantisation.numbers(of: type, in: self.row(row).span)
    }

    /// The product of a row and a packed activation row in `Double`, and the sum of the sizes of what was added.
    ///
    /// The least number of a Q4_1 or Q5_1 block multiplies the stored sum of activations, which was rounded by itself.
    func product(ofRow row: Int, _ packed: PackedActivations) -> (sum: Double, size: Double) {
        var (sum, size) = (0.0, 0.0)
        let leasts = leastNumbers(ofRow: row)
        for (index, number) in numbers(ofRow: row).enumerated() {
            let least = leasts.isEmpty ? 0 : leasts[index / 32]
            sum += (Double(number) - least) * packed.numbers[index]
            size += abs(Double(number) * packed.numbers[index])
        }
        for (block, least) in leasts.enumerated() {
            sum += least * packed.scaledSums[block]
            size += abs(least * packed.scaledSums[block])
        }
        return (sum, size)
    }

    private func leastNumbers(ofRow row: Int) -> [Double] {
        guard type == .q4_1 || type == .q5_1 else { return [] }
        let bytes = [UInt8](self.row(row))
        return stride(from: 0, to: bytes.count, by: type.blockBytes).map { block in
            Double(Float16(bitPattern: UInt16(bytes[block + 2]) | UInt16(bytes[block + 3]) << 8))
        }
    }
}
