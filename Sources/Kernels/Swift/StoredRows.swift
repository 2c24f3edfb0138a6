import CKernels

/// Rows of numbers of one type as a model file stores them, singly or in blocks, for the kernels that read and multiply
/// them.
///
/// Rows are memory that is only pointed at; it needs no alignment and nothing behind a row's last byte is read.
package struct StoredRows: Sendable {
    /// How numbers are stored: ggml's code of the type.
    package let type: UInt32

    /// Numbers of a row: whole blocks.
    package let length: Int

    /// From the start of one row to that of the next.
    package let rowBytes: Int

    package init(type: UInt32, length: Int, rowBytes: Int) {
        self.type = type
        self.length = length
        self.rowBytes = rowBytes
    }

    /// Bytes of one row of packed activations, a multiple of 64.
    package var activationBytes: Int {
        ckernels_activation_bytes(code, length)
    }

    /// Writes the `length` numbers of the row at `row` to `numbers`, exactly as the plain reading of the type gives
    /// them.
    package func unpack(
        _ row: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>, path: CPUPath = .current
    ) {
        ckernels_unpack(code, row, numbers, length, path.code)
    }

    /// Rounds `length` activations to the form that products with these rows take, 8-bit for blocks.
    /// `packed` is 64-byte aligned and has room for `activationBytes`.
    package func pack(
        _ activations: UnsafePointer<Float>, to packed: UnsafeMutableRawPointer, path: CPUPath = .current
    ) {
        ckernels_pack_activations(code, activations, packed, length, path.code)
    }

    /// Every product of `rowCount` rows with `activationCount` packed activation rows; that of row r with activation
    /// row c goes to place `c * stride + r` of `products`.
    package func dot(
        _ rows: UnsafeRawPointer, rowCount: Int, activations: UnsafeRawPointer, activationCount: Int,
        to products: UnsafeMutablePointer<Float>, stride: Int, path: CPUPath = .current
    ) {
        ckernels_rows_dot(
            code, rows, rowBytes, rowCount, length, activations, activationCount, products, stride, path.code)
    }

    private var code: CKernelsType {
        CKernelsType(rawValue: type)
    }
}
