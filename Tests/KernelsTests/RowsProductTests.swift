import Kernels
import Support
import Testing

struct RowsProductTests {
    /// What a product is asked for.
    struct Shape: CustomTestStringConvertible, Sendable {
        var rows: Int
        var length: Int
        var count: Int
        var testDescription: String { "\(rows) rows of \(length), \(count) activations" }

        /// Around the edges of groups of 4 rows and 3 activation rows, of vectors of 8, panels of 6, tiles of 8 and 64,
        /// stretches of 512; then large ones.
        static let all =
            [0, 1, 2, 3, 4, 5, 7, 8, 9].flatMap { rows in
                [0, 1, 7, 8, 9, 31].map { Shape(rows: rows, length: $0, count: 1 + ($0 + rows) % 8) }
            } + (0...14).map { Shape(rows: 6, length: 40, count: $0) }
            + [511, 512, 513, 1024, 1100].map { Shape(rows: 10, length: $0, count: 5) }
            + [63, 64, 65, 130].map { Shape(rows: $0, length: 520, count: 7) }
            + [Shape(rows: 131, length: 1531, count: 25), Shape(rows: 3, length: 2048, count: 100)]
    }

    /// Every path against the plain sum in Double, with rows and results that are further apart than they are long.
    @Test(arguments: CPUPath.allCases, Shape.all)
    func agreesWithThePlainSum(path: CPUPath, shape: Shape) {
        let product = FloatProduct(shape, gap: 3, seed: 11)
        let results = product.results(on: path)
        for column in 0..<shape.count {
            let x = product.x[(column * product.xStride)...].prefix(shape.length)
            for row in 0..<shape.rows {
                var exact = 0.0
                var size = 0.0
                for (number, factor) in zip(product.row(row), x) {
                    exact += Double(number) * Double(factor)
                    size += abs(Double(number) * Double(factor))
                }
                // Each of the n products and n sums rounds by at most 2⁻²⁴ of what it adds to.
                let bound = 2 * Double(shape.length + 1) * 0x1p-24 * size
                let result = results[column * product.outStride + row]
                #expect(abs(Double(result) - exact) <= bound, "row \(row), activation row \(column)")
            }
        }
    }

    /// Nothing is written between the results or behind them.
    @Test(arguments: CPUPath.allCases, Shape.all)
    func leavesTheGapsAlone(path: CPUPath, shape: Shape) {
        let product = FloatProduct(shape, gap: 3, seed: 12)
        let results = product.results(on: path)
        for index in results.indices where index % product.outStride >= shape.rows {
            #expect(results[index] == FloatProduct.untouched)
        }
    }

    /// One call, and a call for every few rows and few activation rows, give the same bits.
    @Test(arguments: CPUPath.allCases)
    func givesTheSameNumbersHoweverRowsAreSplit(path: CPUPath) {
        let shape = Shape(rows: 77, length: 1111, count: 29)
        let product = FloatProduct(shape, gap: 1, seed: 13)
        let whole = product.results(on: path)
        for (rowStep, columnStep) in [(1, 29), (77, 1), (1, 1), (3, 2), (13, 4), (64, 6), (70, 7)] {
            var parts = [Float](repeating: FloatProduct.untouched, count: whole.count)
            for row in stride(from: 0, to: shape.rows, by: rowStep) {
                for column in stride(from: 0, to: shape.count, by: columnStep) {
                    product.multiply(
                        rows: row..<min(row + rowStep, shape.rows),
                        columns: column..<min(column + columnStep, shape.count), into: &parts, path: path)
                }
            }
            #expect(parts.map(\.bitPattern) == whole.map(\.bitPattern), "\(rowStep) rows, \(columnStep) at a time")
        }
    }

    @Test(arguments: CPUPath.allCases)
    func aRowDoesNotDependOnItsNeighbours(path: CPUPath) {
        // Infinite and undefined neighbours would spoil a result that took anything from them.
        var product = FloatProduct(Shape(rows: 9, length: 70, count: 8), gap: 0, seed: 14)
        let clean = product.results(on: path)
        for index in 0..<70 { product.rows[4 * 70 + index] = index.isMultiple(of: 2) ? .nan : .infinity }
        for index in 0..<70 { product.x[3 * 70 + index] = .nan }
        let spoilt = product.results(on: path)
        for index in clean.indices {
            let touched = index % 9 == 4 || index / 9 == 3
            #expect(touched ? spoilt[index].isNaN : spoilt[index] == clean[index])
        }
    }

    @Test(arguments: CPUPath.allCases)
    func noNumbersGiveZeros(path: CPUPath) {
        let product = FloatProduct(Shape(rows: 5, length: 0, count: 3), gap: 0, seed: 15)
        #expect(product.results(on: path) == [Float](repeating: 0, count: 15))
    }

    /// Q4_0: a Float16 scale, then 16 bytes whose low halves are numbers 0...15 and whose high halves are 16...31, each
    /// less 8. Scale 0.5 = 0x3800; byte k = 0x10 * k + (15 - k) gives (15 - k - 8) / 2 and (k - 8) / 2.
    @Test(arguments: CPUPath.allCases)
    func decodesBlocksOf32(path: CPUPath) {
        let block: [UInt8] = [0x00, 0x38] + (0..<16).map { UInt8(0x10 * $0 + (15 - $0)) }
        // With ones: 16 pairs of (7 - k) / 2 + (k - 8) / 2 = -1/2, so -8 a block, -24 for three.
        // With ones at the even numbers alone: k = 0, 2 ... 14 give (7 - k) / 2 + (k - 8) / 2 too, -4 a block.
        let rows = [block, block, block].flatMap { $0 }
        let x = [Float](repeating: 1, count: 96) + (0..<96).map { $0.isMultiple(of: 2) ? 1 : 0 }
        let results = product(of: rows, type: 2, rowBytes: 54, rows: 1, length: 96, by: x, count: 2, path: path)
        #expect(results == [-24, -12])
    }

    /// ggml's code of a format, the numbers of a block and its bytes.
    static let formats: [(type: UInt32, numbers: Int, bytes: Int)] = [
        (0, 1, 4), (1, 1, 2), (2, 32, 18), (3, 32, 20), (6, 32, 22), (7, 32, 24), (8, 32, 34), (10, 256, 84),
        (11, 256, 110), (12, 256, 144), (13, 256, 176), (14, 256, 210), (30, 1, 2), (39, 32, 17),
    ]

    /// A long row is read in stretches. Times a row that is 1 at one place and 0 elsewhere it gives the number there,
    /// exactly, which must be that of the block the place is in, given alone.
    @Test(arguments: formats)
    func findsEveryBlockOfALongRow(type: UInt32, numbers: Int, bytes: Int) {
        let length = 1280
        let rowBytes = length / numbers * bytes
        var random = TestRandom(seed: 16)
        // Bytes of at most 0x3B, so that floats of every kind are finite.
        let row = (0..<rowBytes).map { _ in UInt8.random(in: 0...255, using: &random) & 0x3B }
        for place in [0, 1, 255, 256, 300, 511, 512, 513, 767, 768, 1023, 1024, 1100, 1279] {
            let x = (0..<length).map { Float($0 == place ? 1 : 0) }
            let found = product(
                of: row, type: type, rowBytes: rowBytes, rows: 1, length: length, by: x, count: 1, path: .current)
            let block = Array(row[(place / numbers * bytes)...].prefix(bytes))
            let inBlock = (0..<numbers).map { Float($0 == place % numbers ? 1 : 0) }
            let alone = product(
                of: block, type: type, rowBytes: bytes, rows: 1, length: numbers, by: inBlock, count: 1, path: .current)
            #expect(found == alone, "number \(place)")
        }
    }

    private func product(
        of stored: [UInt8], type: UInt32, rowBytes: Int, rows: Int, length: Int, by x: [Float], count: Int,
        path: CPUPath
    ) -> [Float] {
        var results = [Float](repeating: 0, count: rows * count)
        withScratch { scratch in
            stored.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return }
                RowsProduct.multiply(
                    .init(type: type, start: start, rowBytes: rowBytes, count: rows), length: length, by: x,
                    xStride: length, count: count, into: &results, outStride: rows, scratch: scratch, path: path)
            }
        }
        return results
    }
}

/// A product of rows of Float with seeded numbers.
private struct FloatProduct {
    static let untouched: Float = 12345

    let shape: RowsProductTests.Shape
    var rows: [Float]
    var x: [Float]
    let rowStride: Int
    let xStride: Int
    let outStride: Int

    init(_ shape: RowsProductTests.Shape, gap: Int, seed: UInt64) {
        var random = TestRandom(seed: seed)
        self.shape = shape
        rowStride = shape.length + gap
        xStride = shape.length + 2 * gap
        outStride = shape.rows + gap
        rows = (0..<rowStride * shape.rows + 1).map { _ in Float.random(in: -1...1, using: &random) }
        x = (0..<xStride * shape.count + 1).map { _ in Float.random(in: -1...1, using: &random) }
    }

    func row(_ row: Int) -> ArraySlice<Float> { rows[(row * rowStride)...].prefix(shape.length) }

    /// The results of one call for everything.
    func results(on path: CPUPath) -> [Float] {
        var out = [Float](repeating: Self.untouched, count: outStride * shape.count)
        multiply(rows: 0..<shape.rows, columns: 0..<shape.count, into: &out, path: path)
        return out
    }

    func multiply(rows range: Range<Int>, columns: Range<Int>, into out: inout [Float], path: CPUPath) {
        withScratch { scratch in
            rows.withUnsafeBytes { stored in
                x.withUnsafeBufferPointer { x in
                    out.withUnsafeMutableBufferPointer { out in
                        guard let first = stored.baseAddress, let x = x.baseAddress, let out = out.baseAddress else {
                            return
                        }
                        RowsProduct.multiply(
                            .init(
                                type: 0, start: first + 4 * rowStride * range.lowerBound, rowBytes: 4 * rowStride,
                                count: range.count),
                            length: shape.length, by: x + xStride * columns.lowerBound, xStride: xStride,
                            count: columns.count, into: out + outStride * columns.lowerBound + range.lowerBound,
                            outStride: outStride, scratch: scratch, path: path)
                    }
                }
            }
        }
    }
}

private func withScratch(_ body: (UnsafeMutableRawPointer) -> Void) {
    withUnsafeTemporaryAllocation(
        byteCount: RowsProduct.scratchBytes, alignment: RowsProduct.scratchAlignment
    ) { scratch in
        // What the memory held before must not matter.
        scratch.initializeMemory(as: UInt8.self, repeating: 0xFF)
        if let start = scratch.baseAddress { body(start) }
    }
}
