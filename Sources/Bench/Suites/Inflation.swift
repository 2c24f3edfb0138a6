/// Unpacks a DEFLATE stream.
///
/// Source: RFC 1951; the decoding of lengths as in its section 3.2.2, one bit at a time: files of a few megabytes take
/// well under a second.
struct Inflation {
    private let bytes: ArraySlice<UInt8>
    private let most: Int
    private var at: Int
    private var held: UInt32 = 0
    private var heldCount = 0
    private var out: [UInt8] = []

    /// - Parameter most: more bytes are not written.
    init(_ bytes: ArraySlice<UInt8>, most: Int) {
        self.bytes = bytes
        self.most = most
        at = bytes.startIndex
    }

    private struct Broken: Error {}

    /// Codes of equal length are consecutive numbers.
    private struct Codes {
        /// How many codes have each length.
        var counts = [Int](repeating: 0, count: 16)
        var symbols: [Int] = []

        init(_ lengths: some Sequence<Int>) {
            let lengths = Array(lengths)
            for length in lengths where length > 0 { counts[length] += 1 }
            var places = [Int](repeating: 0, count: 17)
            for length in 1..<16 { places[length + 1] = places[length] + counts[length] }
            symbols = [Int](repeating: 0, count: lengths.count)
            for (symbol, length) in lengths.enumerated() where length > 0 {
                symbols[places[length]] = symbol
                places[length] += 1
            }
        }
    }

    /// The plain bytes; nil if the stream is broken or too long.
    mutating func run() -> [UInt8]? {
        do {
            var isLast = false
            while !isLast {
                isLast = try bits(1) == 1
                switch try bits(2) {
                case 0: try stored()
                case 1: try block(Self.fixedLiterals, Self.fixedDistances)
                case 2: try described()
                default: return nil
                }
            }
            return out
        } catch {
            return nil
        }
    }

    private static let fixedLiterals = Codes((0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = Codes((0..<30).map { _ in 5 })

    private mutating func bits(_ count: Int) throws -> Int {
        while heldCount < count {
            guard at < bytes.endIndex else { throw Broken() }
            held |= UInt32(bytes[at]) << UInt32(heldCount)
            at += 1
            heldCount += 8
        }
        let value = held & ((1 << UInt32(count)) - 1)
        held >>= UInt32(count)
        heldCount -= count
        return Int(value)
    }

    private mutating func symbol(_ codes: Codes) throws -> Int {
        var (code, first, index) = (0, 0, 0)
        for length in 1..<16 {
            code |= try bits(1)
            let count = codes.counts[length]
            if code - count < first { return codes.symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw Broken()
    }

    private mutating func stored() throws {
        (held, heldCount) = (0, 0)
        guard at + 4 <= bytes.endIndex else { throw Broken() }
        let length = Int(bytes[at]) | Int(bytes[at + 1]) << 8
        let inverse = Int(bytes[at + 2]) | Int(bytes[at + 3]) << 8
        at += 4
        guard length == ~inverse & 0xFFFF, length <= bytes.endIndex - at, out.count + length <= most else {
            throw Broken()
        }
        out += bytes[at..<(at + length)]
        at += length
    }

    private mutating func described() throws {
        let (literals, distances, order) = (try bits(5) + 257, try bits(5) + 1, try bits(4) + 4)
        guard literals <= 286, distances <= 30 else { throw Broken() }
        var lengths = [Int](repeating: 0, count: 19)
        let places = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        for place in places.prefix(order) { lengths[place] = try bits(3) }
        let codes = Codes(lengths)
        var found: [Int] = []
        while found.count < literals + distances {
            switch try symbol(codes) {
            case let length where length < 16: found.append(length)
            case 16:
                guard let last = found.last else { throw Broken() }
                found += Array(repeating: last, count: 3 + (try bits(2)))
            case 17: found += Array(repeating: 0, count: 3 + (try bits(3)))
            default: found += Array(repeating: 0, count: 11 + (try bits(7)))
            }
        }
        guard found.count == literals + distances else { throw Broken() }
        try block(Codes(found[..<literals]), Codes(found[literals...]))
    }

    private static let lengthStarts = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceStarts = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ]

    private mutating func block(_ literals: Codes, _ distances: Codes) throws {
        while true {
            let found = try symbol(literals)
            if found == 256 { return }
            if found < 256 {
                guard out.count < most else { throw Broken() }
                out.append(UInt8(found))
                continue
            }
            guard found - 257 < 29 else { throw Broken() }
            let length = Self.lengthStarts[found - 257] + (try bits(Self.lengthBits[found - 257]))
            let place = try symbol(distances)
            guard place < 30 else { throw Broken() }
            let distance = Self.distanceStarts[place] + (try bits(place < 4 ? 0 : place / 2 - 1))
            guard distance <= out.count, out.count + length <= most else { throw Broken() }
            for _ in 0..<length { out.append(out[out.count - distance]) }
        }
    }
}
