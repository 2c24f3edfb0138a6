/// A matrix with rows and columns exchanged, for files that store it the other way round.
extension StoredMatrix {
    /// `[rowLength × rowCount]`: the same numbers as floats, in memory of their own.
    ///
    /// Floats hold what any stored type stands for exactly, so that no rounding is added; blocks that share scales run
    /// along the rows and cannot be turned with them.
    var transposed: StoredMatrix {
        let numbers = numbers
        var turned: [Float] = []
        turned.reserveCapacity(numbers.count)
        for column in 0..<rowLength {
            for row in 0..<rowCount { turned.append(numbers[row * rowLength + column]) }
        }
        return StoredMatrix(turned, rowLength: rowCount)
    }

    /// Its numbers, row after row.
    private var numbers: [Float] {
        let bytes = UnsafeRawBufferPointer(start: row(0), count: byteCount)
        return Dequantisation.numbers(of: type, in: bytes.assumingMemoryBound(to: UInt8.self).span)
    }
}
