import Foundation

/// A small file that is read whole.
enum TextFile {
    static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

    /// Its bytes, at most `most` of them.
    static func bytes(at path: String, named name: String, most: Int) throws(SentenceEncoderRefusal) -> [UInt8] {
        do {
            let file = try MappedFile(readingFileAt: path)
            guard file.byteCount <= most else {
                throw SentenceEncoderRefusal.unreadable(
                    file: name, cause: "it has \(file.byteCount) bytes, expected at most \(most)")
            }
            return try [UInt8](unsafeUninitializedCapacity: file.byteCount) { buffer, count in
                if let place = buffer.baseAddress { try file.read(0..<file.byteCount, into: place) }
                count = file.byteCount
            }
        } catch let refusal as SentenceEncoderRefusal {
            throw refusal
        } catch let refusal as GGUFRefusal {
            guard case .unreadable(let cause) = refusal.reason else {
                throw .unreadable(file: name, cause: "it became shorter while it was read")
            }
            throw .unreadable(file: name, cause: cause)
        } catch {
            throw .unreadable(file: name, cause: "\(error)")
        }
    }
}
