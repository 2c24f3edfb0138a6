import CKernels

/// Float weights laid out for products with many rows of activations: groups of rows side by side, packed once and used
/// for every text.
///
/// `out[c][r] = bias[r] + Σ_i row_r[i] · x_c[i]`. Every output is one sum in the order of the index, so it does not
/// depend on how the rows of activations, or those of the weights, are split between calls.
package final class PackedPanels: Sendable {
    /// Rows that lie side by side: work is split between threads at multiples of it.
    package static var panelRows: Int { ckernels_panel_rows() }

    /// Rows of the matrix, the numbers that come out.
    package let rowCount: Int

    /// Numbers of a row, those that go in.
    package let length: Int

    // Written in `init` only. As many further rows as make the last panel whole.
    private nonisolated(unsafe) let panels: UnsafeMutablePointer<Float>
    private let bias: [Float]

    /// Packs `rowCount` rows of `length` numbers, which follow each other at `rows`; `bias` has a number for each row.
    package init(rows: UnsafePointer<Float>, rowCount: Int, length: Int, bias: [Float]) {
        precondition(rowCount > 0 && length > 0 && bias.count == rowCount, "a matrix has rows, each with a bias")
        self.rowCount = rowCount
        self.length = length
        self.bias = bias
        let whole = (rowCount + Self.panelRows - 1) / Self.panelRows * Self.panelRows
        // 64 bytes are a line of the cache, and two vectors.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: whole * length * 4, alignment: 64)
        panels = memory.bindMemory(to: Float.self, capacity: whole * length)
        ckernels_panels_pack(rows, rowCount, length, panels)
    }

    deinit { panels.deallocate() }

    /// Writes the numbers of `rows` of the matrix for each of `count` rows of activations: those of activation row c
    /// begin at `x + c · xStride`, and number r goes to `out + c · outStride + r`. `rows` begins at a whole panel.
    package func multiply(
        rows: Range<Int>, by x: UnsafePointer<Float>, xStride: Int, count: Int, into out: UnsafeMutablePointer<Float>,
        outStride: Int, path: CPUPath = .current
    ) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "the rows are in the matrix")
        precondition(rows.lowerBound % Self.panelRows == 0, "rows begin at a whole panel")
        bias.withUnsafeBufferPointer { bias in
            ckernels_panels_product(
                panels + rows.lowerBound * length, bias.baseAddress.map { $0 + rows.lowerBound }, rows.count, length, x,
                xStride, count, out + rows.lowerBound, outStride, path.code)
        }
    }
}
