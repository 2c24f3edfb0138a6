import Foundation

/// A model in one GGUF file or in several that belong together, as large models are handed out.
///
/// Part 1 of 3 is called `name-00001-of-00003.gguf` and names the count under `split.count`; it alone has the whole
/// metadata. Each part says which it is under `split.no`, from 0. Source: `gguf-split` of the llama.cpp project.
public struct GGUFParts: Sendable {
    /// A tensor, and the file that it is in.
    public struct Place: Sendable {
        public let file: GGUFFile
        public let tensor: GGUFTensor
    }

    /// The files in their order; one for a model that is not split.
    public let files: [GGUFFile]

    /// What the model says of itself.
    public let metadata: GGUFMetadata

    private let places: [String: Int]

    /// Opens the file at `path`, and the others of its kind in the same folder. Throws `GGUFRefusal`.
    public init(readingFileAt path: String) throws(GGUFRefusal) {
        let first = try GGUFFile(readingFileAt: path)
        let count = first.metadata[Self.countKey] == nil ? 1 : try first.metadata.integer(Self.countKey)
        var files = [first]
        if count != 1 {
            let stem = try Self.stem(of: path, first: first.metadata, count: count)
            for index in 1..<count {
                let name = stem + Self.ending(index, of: count)
                do {
                    let file = try GGUFFile(readingFileAt: name)
                    try Self.check(Self.countKey, is: count, in: file.metadata)
                    try Self.check(Self.indexKey, is: index, in: file.metadata)
                    files.append(file)
                } catch {
                    throw GGUFRefusal(offset: error.offset, reason: .part(Self.lastName(name), error))
                }
            }
        }
        places = try Self.places(in: files)
        if first.metadata[Self.tensorsKey] != nil {
            try Self.check(Self.tensorsKey, is: places.count, in: first.metadata)
        }
        self.files = files
        metadata = first.metadata
    }

    /// Where the tensor called `name` is. Throws `GGUFRefusal` when no part has it.
    public func place(of name: String) throws(GGUFRefusal) -> Place {
        let file = files[places[name] ?? 0]
        return Place(file: file, tensor: try file.tensors.tensor(name))
    }

    private static let countKey = "split.count"
    private static let indexKey = "split.no"
    private static let tensorsKey = "split.tensors.count"

    /// The path of a first part without the ending that tells the parts apart.
    private static func stem(
        of path: String, first: GGUFMetadata, count: Int
    ) throws(GGUFRefusal) -> String {
        // Five digits are what the names have room for.
        guard (1...99999).contains(count) else {
            throw GGUFRefusal(
                offset: first.offset(of: countKey),
                reason: .wrongValue(key: countKey, found: "\(count)", expected: "1 to 99999"))
        }
        let ending = ending(0, of: count)
        let index = try first.integer(indexKey)
        guard index == 0, path.hasSuffix(ending) else {
            throw GGUFRefusal(
                offset: first.offset(of: indexKey), reason: .notFirstPart(index: index, count: count, ending: ending))
        }
        return String(path.dropLast(ending.count))
    }

    private static func ending(_ index: Int, of count: Int) -> String {
        String(format: "-%05d-of-%05d.gguf", index + 1, count)
    }

    private static func lastName(_ path: String) -> String {
        URL(filePath: path).lastPathComponent
    }

    private static func check(_ key: String, is expected: Int, in metadata: GGUFMetadata) throws(GGUFRefusal) {
        let found = try metadata.integer(key)
        guard found == expected else {
            throw GGUFRefusal(
                offset: metadata.offset(of: key),
                reason: .wrongValue(key: key, found: "\(found)", expected: "\(expected)"))
        }
    }

    private static func places(in files: [GGUFFile]) throws(GGUFRefusal) -> [String: Int] {
        var places: [String: Int] = [:]
        for (index, file) in files.enumerated() {
            for tensor in file.tensors.tensors where places.updateValue(index, forKey: tensor.name) != nil {
                throw GGUFRefusal(offset: UInt64(tensor.start), reason: .duplicate(.tensor, name: tensor.name))
            }
        }
        return places
    }
}
