import CKernels

/// The product of stored rows with many rows of activations in Float, the matrix product of reading a prompt.
///
/// `out[c][r] = Σ_i row_r[i] · x_c[i]`. A stored block is decoded once for all the rows of activations, so this pays
/// from several of them on. The numbers do not depend on how rows are split between calls: the order of every sum
/// follows from the length alone.
package enum RowsProduct {
    /// Rows of numbers as a model file stores them; `type` is ggml's code of their format.
    package struct StoredRows {
        package var type: UInt32
        /// The first byte of the first row; no alignment needed.
        package var start: UnsafeRawPointer
        /// Bytes from one row to the next.
        package var rowBytes: Int
        package var count: Int

        package init(type: UInt32, start: UnsafeRawPointer, rowBytes: Int, count: Int) {
            self.type = type
            self.start = start
            self.rowBytes = rowBytes
            self.count = count
        }
    }

    /// Bytes of working memory, 64-byte aligned, that each thread needs for its calls.
    package static var scratchBytes: Int { ckernels_product_scratch_bytes() }

    /// Alignment of the working memory.
    package static let scratchAlignment = 64

    /// Writes `rows.count` numbers for each of `count` rows of `length` activations: those of activation row c begin at
    /// `x + c * xStride` and go to `out + c * outStride`. A path that this processor lacks is answered by the portable
    /// one.
    package static func multiply(
        _ rows: StoredRows, length: Int, by x: UnsafePointer<Float>, xStride: Int, count: Int,
        into out: UnsafeMutablePointer<Float>, outStride: Int, scratch: UnsafeMutableRawPointer,
        path: CPUPath = .current
    ) {
        precondition(rows.count >= 0 && rows.rowBytes >= 0 && length >= 0 && count >= 0, "counts are not negative")
        precondition(count <= 1 || (xStride >= length && outStride >= rows.count), "rows must not overlap")
        precondition(Int(bitPattern: scratch) % scratchAlignment == 0, "the working memory is not aligned")
        ckernels_rows_product(
            CKernelsType(rawValue: rows.type), rows.start, rows.rowBytes, rows.count, length, x, xStride, count, out,
            outStride, scratch, path.code)
    }
}
