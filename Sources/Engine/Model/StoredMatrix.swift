import Kernels

/// A matrix of weights where the file has it: rows of stored numbers, never copied.
///
/// A tensor of three dimensions is the matrices of its outermost one, one below the other; `slice` takes one of them.
struct StoredMatrix: @unchecked Sendable {
    // The mapping is read-only and lives as long as `file`, so any thread may read it.
    private let start: UnsafeRawPointer
    private let file: MappedFile

    /// How the numbers are stored.
    let type: TensorType

    /// Numbers in a row: the width of what the matrix is multiplied with.
    let rowLength: Int

    /// Rows: the width of the product.
    let rowCount: Int

    init(start: UnsafeRawPointer, file: MappedFile, type: TensorType, rowLength: Int, rowCount: Int) {
        self.start = start
        self.file = file
        self.type = type
        self.rowLength = rowLength
        self.rowCount = rowCount
    }

    /// Size of a row, bytes.
    var rowBytes: Int { rowLength / type.blockElements * type.blockBytes }

    /// Size of the matrix, bytes.
    var byteCount: Int { rowBytes * rowCount }

    /// Its rows, for the kernels that read and multiply them.
    var kernel: StoredRows { StoredRows(type: type.rawValue, length: rowLength, rowBytes: rowBytes) }

    /// The first byte of row `index`.
    func row(_ index: Int) -> UnsafeRawPointer { start + index * rowBytes }

    /// Matrix `index` of those of `rows` rows that this one is made of.
    func slice(_ index: Int, rows: Int) -> StoredMatrix {
        precondition(index >= 0 && (index + 1) * rows <= rowCount, "a slice lies inside its matrix")
        return StoredMatrix(start: row(index * rows), file: file, type: type, rowLength: rowLength, rowCount: rows)
    }

    /// The same rows, read anew from the file into `place`, which has room for them and stays as long as the result is
    /// used. For a matrix that lies in the mapping. Throws `GGUFRefusal` when the file cannot be read any more.
    func read(into place: UnsafeMutableRawPointer) throws(GGUFRefusal) -> StoredMatrix {
        try file.read(file.range(of: start, count: byteCount), into: place)
        return StoredMatrix(
            start: UnsafeRawPointer(place), file: file, type: type, rowLength: rowLength, rowCount: rowCount)
    }
}
