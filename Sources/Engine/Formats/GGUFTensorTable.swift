/// The tensors a GGUF file describes, each checked to lie inside the file, aligned, and apart from the others.
public struct GGUFTensorTable: Sendable {
    /// Longest name of a tensor, bytes; the GGUF specification's bound.
    static let mostNameBytes: UInt64 = 64

    /// Most dimensions of a tensor; the GGUF specification's bound.
    static let mostDimensions: UInt32 = 4

    /// The tensors in the file's order.
    public let tensors: [GGUFTensor]

    private let places: [String: Int]

    /// Reads `count` descriptions and leaves `cursor` behind them. The numbers of the tensors begin at the next
    /// multiple of `alignment`, and their starts count from there.
    init(
        count: UInt64, alignment: UInt64, at cursor: inout GGUFCursor, in bytes: Span<UInt8>
    ) throws(GGUFRefusal) {
        var entries: [Entry] = []
        var places: [String: Int] = [:]
        for _ in 0..<count {
            let entry = try Entry(at: &cursor, in: bytes)
            guard places.updateValue(entries.count, forKey: entry.name) == nil else {
                throw GGUFRefusal(offset: entry.offset, reason: .duplicate(.tensor, name: entry.name))
            }
            entries.append(entry)
        }
        let padded = (cursor.offset + alignment - 1) / alignment * alignment
        var tensors: [GGUFTensor] = []
        for entry in entries {
            tensors.append(try entry.placed(after: padded, alignment: alignment, fileSize: UInt64(bytes.count)))
        }
        try Self.checkApart(tensors, entries)
        self.tensors = tensors
        self.places = places
    }

    /// The tensor called `name`, or nil when the file has none.
    public subscript(name: String) -> GGUFTensor? {
        places[name].map { tensors[$0] }
    }

    /// The tensor called `name`. Throws `GGUFRefusal` when the file has none.
    public func tensor(_ name: String) throws(GGUFRefusal) -> GGUFTensor {
        guard let tensor = self[name] else {
            throw GGUFRefusal(offset: UInt64(GGUFHeader.byteCount), reason: .missing(.tensor, name: name))
        }
        return tensor
    }

    /// In the order of their starts, none may begin before the one in front of it has ended.
    private static func checkApart(_ tensors: [GGUFTensor], _ entries: [Entry]) throws(GGUFRefusal) {
        let order = tensors.indices.sorted { (tensors[$0].start, $0) < (tensors[$1].start, $1) }
        for (first, second) in zip(order, order.dropFirst())
        where tensors[first].bytes.upperBound > tensors[second].start {
            throw GGUFRefusal(
                offset: entries[second].offset,
                reason: .tensor(name: tensors[second].name, .overlap(with: tensors[first].name)))
        }
    }

    /// A description as it stands in the file, before it is known where the numbers begin.
    private struct Entry {
        let offset: UInt64
        let name: String
        let shape: [Int]
        let type: TensorType
        let start: UInt64

        init(at cursor: inout GGUFCursor, in bytes: Span<UInt8>) throws(GGUFRefusal) {
            let offset = cursor.offset
            let name = try cursor.text(.tensor, most: GGUFTensorTable.mostNameBytes, in: bytes)
            func refusal(_ flaw: GGUFRefusal.TensorFlaw) -> GGUFRefusal {
                GGUFRefusal(offset: offset, reason: .tensor(name: name, flaw))
            }
            let dimensions = try cursor.number(UInt32.self, in: bytes)
            guard dimensions <= GGUFTensorTable.mostDimensions else {
                throw refusal(.dimensions(found: dimensions, most: GGUFTensorTable.mostDimensions))
            }
            var lengths: [UInt64] = []
            for _ in 0..<dimensions {
                lengths.append(try cursor.number(UInt64.self, in: bytes))
            }
            let code = try cursor.number(UInt32.self, in: bytes)
            guard let type = TensorType(rawValue: code) else { throw refusal(.type(code)) }
            let shape = lengths.compactMap { Int(exactly: $0) }
            guard shape.count == lengths.count, GGUFTensor.byteCount(shape: shape, type: type) != nil else {
                throw refusal(.shape(lengths))
            }
            let length = shape.first ?? 1
            guard length.isMultiple(of: type.blockElements) else {
                throw refusal(.unevenRows(length: length, block: type.blockElements))
            }
            start = try cursor.number(UInt64.self, in: bytes)
            (self.offset, self.name, self.shape, self.type) = (offset, name, shape, type)
        }

        /// The tensor in a file whose numbers begin at `base`.
        func placed(after base: UInt64, alignment: UInt64, fileSize: UInt64) throws(GGUFRefusal) -> GGUFTensor {
            guard start.isMultiple(of: alignment) else {
                throw GGUFRefusal(
                    offset: offset,
                    reason: .tensor(name: name, .misaligned(start: start, alignment: alignment)))
            }
            let size = UInt64(GGUFTensor.byteCount(shape: shape, type: type) ?? 0)
            let begin = base.addingReportingOverflow(start)
            let end = begin.partialValue.addingReportingOverflow(size)
            guard !begin.overflow, !end.overflow, end.partialValue <= fileSize else {
                let known = begin.overflow || end.overflow ? nil : end.partialValue
                throw GGUFRefusal(
                    offset: offset, reason: .tensor(name: name, .outside(end: known, fileSize: fileSize)))
            }
            return GGUFTensor(name: name, shape: shape, type: type, start: Int(begin.partialValue))
        }
    }
}
