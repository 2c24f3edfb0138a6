import Core
import Foundation

/// The vectors of many questions in a file, so that a large replay need not hold them: 32-bit floats, row after row.
final class VectorFile: Sendable {
    private let descriptor: Int32
    let dimension: Int
    let count: Int

    /// Opens a file of whole rows; nil if there is none, or its size does not fit.
    init?(path: String, dimension: Int) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        guard dimension > 0, size > 0, size % (dimension * 4) == 0 else {
            close(descriptor)
            return nil
        }
        self.dimension = dimension
        count = size / (dimension * 4)
    }

    deinit { close(descriptor) }

    /// One vector; zeros where the file has been cut since.
    func vector(_ index: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: dimension) { buffer, filled in
            let bytes = dimension * 4
            let got = pread(descriptor, buffer.baseAddress, bytes, off_t(index * bytes))
            if got < bytes { buffer.update(repeating: 0) }
            filled = dimension
        }
    }
}
