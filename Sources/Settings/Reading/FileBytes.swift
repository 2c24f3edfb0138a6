import Foundation

/// Reads a file that may be anything: no more of it than allowed.
enum FileBytes {
    case bytes(Data)
    case absent
    case tooLarge

    /// - Parameter limit: the most bytes.
    static func read(_ path: String, upTo limit: Int) -> FileBytes {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
            let handle = FileHandle(forReadingAtPath: path)
        else { return .absent }
        defer { try? handle.close() }
        do {
            let data = try handle.read(upToCount: limit + 1) ?? Data()
            return data.count <= limit ? .bytes(data) : .tooLarge
        } catch {
            return .absent
        }
    }

    /// True for a plain file, also behind a link: a pipe or a device in a skill's folder would be waited for.
    static func isPlainFile(_ path: String) -> Bool {
        let resolved = (path as NSString).resolvingSymlinksInPath
        let attributes = try? FileManager.default.attributesOfItem(atPath: resolved)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
