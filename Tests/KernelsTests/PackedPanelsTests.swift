import Kernels
import Support
import Testing

struct PackedPanelsTests {
    private struct Case {
        let rows: [Float]
        let bias: [Float]
        let x: [Float]
        let panels: PackedPanels

        init(rowCount: Int, length: Int, count: Int, seed: UInt64) {
            var random = TestRandom(seed: seed)
            rows = random.numbers(rowCount * length)
            bias = random.numbers(rowCount)
            x = random.numbers(count * length)
            panels = PackedPanels(rows: rows, rowCount: rowCount, length: length, bias: bias)
        }

        func product(rows: Range<Int>, columns: Range<Int>, path: CPUPath) -> [Float] {
            var out = [Float](repeating: .nan, count: columns.count * panels.rowCount)
            panels.multiply(
                rows: rows, by: Array(x[columns.lowerBound * panels.length..<columns.upperBound * panels.length]),
                xStride: panels.length, count: columns.count, into: &out, outStride: panels.rowCount, path: path)
            return out
        }
    }

    /// Edges of every kind: one row to three panels and one, one column to two groups and one, stretches of 512.
    @Test(arguments: CPUPath.allCases, [1, 15, 16, 17, 49])
    func agreesWithThePlainFormula(path: CPUPath, rowCount: Int) {
        for length in [1, 2, 7, 64, 511, 512, 513, 1100] {
            for count in [1, 2, 3, 4, 5, 6, 7, 13] {
                let sample = Case(rowCount: rowCount, length: length, count: count, seed: UInt64(length + count))
                var wrong: [Int] = []
                let found = sample.product(rows: 0..<rowCount, columns: 0..<count, path: path)
                for column in 0..<count {
                    for row in 0..<rowCount {
                        var exact = Double(sample.bias[row])
                        var size = abs(exact)
                        for index in 0..<length {
                            let product =
                                Double(sample.rows[row * length + index]) * Double(sample.x[column * length + index])
                            exact += product
                            size += abs(product)
                        }
                        // Each of `length` additions rounds once or, without a fused one, twice.
                        let difference = abs(Double(found[column * rowCount + row]) - exact)
                        if !(difference <= Double(2 * length + 1) * 0x1p-24 * size) { wrong.append(row) }
                    }
                }
                #expect(wrong.isEmpty, "\(length) numbers, \(count) columns")
            }
        }
    }

    /// The law of its documentation, which texts of one batch and threads rely on.
    @Test(arguments: CPUPath.allCases)
    func howTheWorkIsSplitChangesNoBit(path: CPUPath) {
        let sample = Case(rowCount: 40, length: 700, count: 11, seed: 5)
        let whole = sample.product(rows: 0..<40, columns: 0..<11, path: path)
        for columns in [0..<1, 3..<5, 2..<11, 10..<11] {
            for rows in [0..<16, 16..<40, 32..<40, 16..<20] {
                let part = sample.product(rows: rows, columns: columns, path: path)
                for column in columns {
                    let first = (column - columns.lowerBound) * 40
                    #expect(rows.allSatisfy { part[first + $0] == whole[column * 40 + $0] })
                    // Nothing is written beside them.
                    #expect((0..<40).allSatisfy { rows.contains($0) || part[first + $0].isNaN })
                }
            }
        }
    }

    /// Rows (1, 2) and (3, 4), bias 10 and 20, x = (5, 6): 10 + 5 + 12 = 27 and 20 + 15 + 24 = 59.
    @Test(arguments: CPUPath.allCases)
    func multipliesByHand(path: CPUPath) {
        let panels = PackedPanels(rows: [1, 2, 3, 4], rowCount: 2, length: 2, bias: [10, 20])
        var out: [Float] = [0, 0]
        panels.multiply(rows: 0..<2, by: [5, 6], xStride: 2, count: 1, into: &out, outStride: 2, path: path)
        #expect(out == [27, 59])
    }
}
