/// What the start of a safetensors file says: eight bytes with the length of a JSON text, then that text, which names
/// each tensor's type, shape and bytes. Source: the format's description by Hugging Face, and its implementation.
struct SafetensorsHeader {
    /// As in the reference implementation, bytes.
    static let mostBytes = 100_000_000

    static let mostDimensions = 8

    private static let lengthBytes = 8

    /// In the order in which they lie in the file.
    let tensors: [SafetensorsTensor]

    /// Reads and checks the header of a file of `bytes`.
    init(_ bytes: Span<UInt8>) throws(SafetensorsRefusal) {
        let end = try Self.headerEnd(bytes)
        var text: [UInt8] = []
        text.reserveCapacity(end - Self.lengthBytes)
        for index in Self.lengthBytes..<end { text.append(bytes[index]) }
        let header: OrderedJSON
        do {
            header = try OrderedJSONReader.read(text)
        } catch {
            throw SafetensorsRefusal(offset: Self.lengthBytes + error.offset, reason: .header(error.found))
        }
        guard case .object(let members) = header else {
            throw SafetensorsRefusal(
                offset: Self.lengthBytes, reason: .header("found \(header.shown), expected an object"))
        }
        var tensors: [SafetensorsTensor] = []
        for member in members where member.name != "__metadata__" {
            tensors.append(try Self.tensor(member.name, member.value, dataStart: end, fileSize: bytes.count))
        }
        tensors.sort { ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound) }
        try Self.checkThatBytesAreUsedOnce(tensors, dataStart: end, fileSize: bytes.count)
        self.tensors = tensors
    }

    /// Where the header ends and the numbers begin.
    private static func headerEnd(_ bytes: Span<UInt8>) throws(SafetensorsRefusal) -> Int {
        guard bytes.count >= lengthBytes else {
            throw SafetensorsRefusal(offset: 0, reason: .truncated(found: bytes.count, needed: lengthBytes))
        }
        var length: UInt64 = 0
        for index in (0..<lengthBytes).reversed() { length = length << 8 | UInt64(bytes[index]) }
        guard length >= 2, length <= UInt64(mostBytes) else {
            throw SafetensorsRefusal(offset: 0, reason: .headerSize(found: length, most: mostBytes))
        }
        let end = lengthBytes + Int(length)
        guard end <= bytes.count else {
            throw SafetensorsRefusal(offset: 0, reason: .truncated(found: bytes.count, needed: end))
        }
        return end
    }

    private static func tensor(
        _ name: String, _ value: OrderedJSON, dataStart: Int, fileSize: Int
    ) throws(SafetensorsRefusal) -> SafetensorsTensor {
        func refusal(_ flaw: SafetensorsRefusal.TensorFlaw, at offset: Int = lengthBytes) -> SafetensorsRefusal {
            SafetensorsRefusal(offset: offset, reason: .tensor(name: name, flaw))
        }
        guard let typeName = value["dtype"]?.text else {
            throw refusal(.member("dtype", expected: "the name of a type"))
        }
        guard let type = SafetensorsType(rawValue: typeName) else { throw refusal(.unknownType(typeName)) }
        guard case .array(let dimensions) = value["shape"] else {
            throw refusal(.member("shape", expected: "an array of whole numbers"))
        }
        let shape = dimensions.compactMap(\.whole)
        guard shape.count == dimensions.count, shape.count <= mostDimensions, shape.allSatisfy({ $0 >= 0 }) else {
            throw refusal(.shape("[\(dimensions.prefix(mostDimensions + 1).map(\.shown).joined(separator: ", "))]"))
        }
        guard case .array(let places) = value["data_offsets"], places.count == 2, let begin = places[0].whole,
            let end = places[1].whole
        else { throw refusal(.member("data_offsets", expected: "two whole numbers")) }
        let size = fileSize - dataStart
        guard 0 <= begin, begin <= end, end <= size else {
            throw refusal(.outside(begin: begin, end: end, size: size))
        }
        let needed = product(of: shape + [type.byteCount])
        guard end - begin == needed else {
            throw refusal(.size(found: end - begin, needed: needed), at: dataStart + begin)
        }
        return SafetensorsTensor(name: name, type: type, shape: shape, bytes: dataStart + begin..<dataStart + end)
    }

    /// nil if 63 bits cannot hold it.
    private static func product(of factors: [Int]) -> Int? {
        if factors.contains(0) { return 0 }
        var product = 1
        for factor in factors {
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            if overflow { return nil }
            product = next
        }
        return product
    }

    /// Every byte behind the header is of exactly one tensor, as in the reference implementation: no two readers can
    /// take a file for different things.
    private static func checkThatBytesAreUsedOnce(
        _ tensors: [SafetensorsTensor], dataStart: Int, fileSize: Int
    ) throws(SafetensorsRefusal) {
        var end = dataStart
        var last = ""
        for tensor in tensors {
            let begin = tensor.bytes.lowerBound
            if begin < end {
                throw SafetensorsRefusal(offset: begin, reason: .tensor(name: tensor.name, .overlap(with: last)))
            }
            if begin > end { throw SafetensorsRefusal(offset: end, reason: .hole(end..<begin)) }
            end = tensor.bytes.upperBound
            if !tensor.bytes.isEmpty { last = tensor.name }
        }
        if end < fileSize { throw SafetensorsRefusal(offset: end, reason: .hole(end..<fileSize)) }
    }
}
