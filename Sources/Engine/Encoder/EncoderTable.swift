internal import Kernels

/// A matrix of which single rows are read, left in the file: the vectors of the tokens.
struct EncoderTable: Sendable {
    // Keeps the memory that `start` points into.
    private let file: SafetensorsFile
    private nonisolated(unsafe) let start: UnsafeRawPointer
    private let rows: StoredRows

    init(file: SafetensorsFile, start: UnsafeRawPointer, rows: StoredRows) {
        self.file = file
        self.start = start
        self.rows = rows
    }

    /// Writes row `index`, one of the matrix, to `place`.
    func read(_ index: Int, to place: UnsafeMutablePointer<Float>) {
        rows.unpack(start + index * rows.rowBytes, to: place)
    }
}
