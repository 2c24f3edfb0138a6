import Engine
import Kernels

/// A row of activations in the form that products with stored rows take, and what it says.
struct PackedActivations {
    let bytes: [UInt8]

    /// The whole numbers q; of single-number types, which are not rounded, there are none.
    let codes: [Int8]

    /// One for every block.
    let scales: [Float]

    /// Scale times the sum of q; of blocks of 32 only.
    let scaledSums: [Double]

    /// The sum of q; of blocks of 32 only.
    let sums: [Int32]

    /// What the activations were rounded to.
    let numbers: [Double]

    init(_ activations: [Float], for rows: StoredRows, _ type: TensorType, path: CPUPath) {
        let bytes = Self.pack(activations, rows, path)
        self.bytes = bytes
        guard type.blockElements > 1 else {
            (codes, scales, scaledSums, sums) = ([], [], [], [])
            numbers = Self.floats(bytes, from: 0, count: rows.length).map { Double($0) }
            return
        }
        let blocks = rows.length / type.blockElements
        let codes = bytes.prefix(rows.length).map { Int8(bitPattern: $0) }
        let scales = Self.floats(bytes, from: rows.length, count: blocks)
        let summed = type.blockElements == 32 ? blocks : 0
        numbers = codes.indices.map { Double(codes[$0]) * Double(scales[$0 / type.blockElements]) }
        scaledSums = Self.floats(bytes, from: rows.length + blocks * 4, count: summed).map { Double($0) }
        sums = Self.floats(bytes, from: rows.length + blocks * 8, count: summed).map {
            Int32(bitPattern: $0.bitPattern)
        }
        (self.codes, self.scales) = (codes, scales)
    }

    private static func pack(_ activations: [Float], _ rows: StoredRows, _ path: CPUPath) -> [UInt8] {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: rows.activationBytes, alignment: 64)
        defer { memory.deallocate() }
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: rows.activationBytes)
        activations.withUnsafeBufferPointer { numbers in
            if let first = numbers.baseAddress { rows.pack(first, to: memory, path: path) }
        }
        return [UInt8](UnsafeRawBufferPointer(start: memory, count: rows.activationBytes))
    }

    private static func floats(_ bytes: [UInt8], from start: Int, count: Int) -> [Float] {
        bytes.withUnsafeBytes { memory in
            (0..<count).map { memory.loadUnaligned(fromByteOffset: start + $0 * 4, as: Float.self) }
        }
    }
}
