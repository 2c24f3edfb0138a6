import Foundation
internal import Kernels

/// A file of weights in the safetensors format: named tensors, never copied before they are asked for.
///
/// Everything the header says is checked against the file when it is opened, so a later reader can trust a tensor's
/// place and size.
public struct SafetensorsFile: Sendable {
    /// In the order in which they lie in the file.
    public let tensors: [SafetensorsTensor]

    private let places: [String: Int]
    private let mapping: MappedFile

    /// Opens and checks the file at `path`.
    public init(readingFileAt path: String) throws(SafetensorsRefusal) {
        let file: MappedFile
        do { file = try MappedFile(readingFileAt: path) } catch { throw Self.refusal(error) }
        let header: Result<SafetensorsHeader, SafetensorsRefusal>
        do {
            header = try file.withBytes(0..<file.byteCount) { bytes in
                Result { () throws(SafetensorsRefusal) in try SafetensorsHeader(bytes) }
            }
        } catch { throw Self.refusal(error) }
        tensors = try header.get().tensors
        // Names that differ only in how a letter is composed are equal to Swift: the first one is found by name.
        places = Dictionary(zip(tensors.map(\.name), tensors.indices), uniquingKeysWith: { first, _ in first })
        mapping = file
    }

    /// The tensor of this name; nil if the file has none.
    public func tensor(named name: String) -> SafetensorsTensor? {
        places[name].map { tensors[$0] }
    }

    /// The numbers of a tensor of this file, one of the types F32, F16 and BF16, as floats.
    public func floats(of tensor: SafetensorsTensor) throws(SafetensorsRefusal) -> [Float] {
        let rows = try rows(of: tensor, length: tensor.elementCount)
        guard tensor.elementCount > 0 else { return [] }
        let start = try start(of: tensor)
        return [Float](unsafeUninitializedCapacity: tensor.elementCount) { numbers, count in
            if let place = numbers.baseAddress { rows.unpack(start, to: place) }
            count = tensor.elementCount
        }
    }

    /// The numbers of a tensor of this file of the type I64.
    public func integers(of tensor: SafetensorsTensor) throws(SafetensorsRefusal) -> [Int64] {
        guard tensor.type == .i64 else {
            throw SafetensorsRefusal(
                offset: tensor.bytes.lowerBound, reason: .tensor(name: tensor.name, .type(tensor.type, wanted: "I64")))
        }
        guard tensor.elementCount > 0 else { return [] }
        let start = try start(of: tensor)
        return (0..<tensor.elementCount).map {
            Int64(littleEndian: start.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
        }
    }

    /// How rows of `length` numbers of a tensor of floats are stored, for reading them one by one.
    func rows(of tensor: SafetensorsTensor, length: Int) throws(SafetensorsRefusal) -> StoredRows {
        guard let type = tensor.type.floatType else {
            throw SafetensorsRefusal(
                offset: tensor.bytes.lowerBound,
                reason: .tensor(name: tensor.name, .type(tensor.type, wanted: "F32, F16 or BF16")))
        }
        return StoredRows(type: type.rawValue, length: length, rowBytes: length * type.blockBytes)
    }

    /// Where the numbers of a tensor that is not empty begin in memory; valid while this file lives.
    func start(of tensor: SafetensorsTensor) throws(SafetensorsRefusal) -> UnsafeRawPointer {
        do { return try mapping.start(of: tensor.bytes) } catch { throw Self.refusal(error) }
    }

    private static func refusal(_ refusal: GGUFRefusal) -> SafetensorsRefusal {
        guard case .unreadable(let cause) = refusal.reason else {
            return SafetensorsRefusal(offset: Int(clamping: refusal.offset), reason: .unreadable("it became shorter"))
        }
        return SafetensorsRefusal(offset: Int(clamping: refusal.offset), reason: .unreadable(cause))
    }
}
