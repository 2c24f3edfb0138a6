import Kernels

/// A matrix of weights where the file has it, rows of stored numbers that are never copied; or, where no file has it as
/// it is needed, rows of floats in memory.
///
/// A tensor of three dimensions is the matrices of its outermost one, one below the other; `slice` takes one of them.
struct StoredMatrix: @unchecked Sendable {
    // What is there is only read and lives as long as its home, so any thread may read it.
    private let start: UnsafeRawPointer
    private let home: Home

    private enum Home {
        case file(MappedFile)
        case memory(MatrixMemory)
    }

    /// How the numbers are stored.
    let type: TensorType

    /// Numbers in a row: the width of what the matrix is multiplied with.
    let rowLength: Int

    /// Rows: the width of the product.
    let rowCount: Int

    init(start: UnsafeRawPointer, file: MappedFile, type: TensorType, rowLength: Int, rowCount: Int) {
        self.init(start: start, home: .file(file), type: type, rowLength: rowLength, rowCount: rowCount)
    }

    /// The matrix of `numbers`, not empty, row after row, kept in memory.
    init(_ numbers: [Float], rowLength: Int) {
        let memory = MatrixMemory(numbers)
        self.init(
            start: memory.start, home: .memory(memory), type: .f32, rowLength: rowLength,
            rowCount: numbers.count / rowLength)
    }

    private init(start: UnsafeRawPointer, home: Home, type: TensorType, rowLength: Int, rowCount: Int) {
        self.start = start
        self.home = home
        self.type = type
        self.rowLength = rowLength
        self.rowCount = rowCount
    }

    /// Size of a row, bytes.
    var rowBytes: Int { rowLength / type.blockElements * type.blockBytes }

    /// Size of the matrix, bytes.
    var byteCount: Int { rowBytes * rowCount }

    /// The same where it is kept in memory; 0 where a file has it.
    var heldBytes: Int {
        switch home {
        case .file: 0
        case .memory: byteCount
        }
    }

    /// Its rows, for the kernels that read and multiply them.
    var kernel: StoredRows { StoredRows(type: type.rawValue, length: rowLength, rowBytes: rowBytes) }

    /// The first byte of row `index`.
    func row(_ index: Int) -> UnsafeRawPointer { start + index * rowBytes }

    /// Matrix `index` of those of `rows` rows that this one is made of.
    func slice(_ index: Int, rows: Int) -> StoredMatrix {
        self.rows(index * rows..<(index + 1) * rows)
    }

    /// Some of its rows.
    func rows(_ range: Range<Int>) -> StoredMatrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "a slice lies inside its matrix")
        return StoredMatrix(
            start: row(range.lowerBound), home: home, type: type, rowLength: rowLength, rowCount: range.count)
    }

    /// The same rows, read anew from the file into `place`, which has room for them and stays as long as the result is
    /// used. Throws `GGUFRefusal` when the file cannot be read any more.
    func read(into place: UnsafeMutableRawPointer) throws(GGUFRefusal) -> StoredMatrix {
        switch home {
        case .file(let file): try file.read(file.range(of: start, count: byteCount), into: place)
        case .memory: place.copyMemory(from: start, byteCount: byteCount)
        }
        return StoredMatrix(
            start: UnsafeRawPointer(place), home: home, type: type, rowLength: rowLength, rowCount: rowCount)
    }
}
