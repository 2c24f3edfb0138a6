import Core
package import Foundation

/// Opens what publishers pack their files in: gzip (RFC 1952), or a zip archive of which one member is meant.
package struct PackedFile {
    private let name: String
    private let largest: Int

    /// - Parameter largest: more bytes are not unpacked.
    package init(name: String, largest: Int) {
        self.name = name
        self.largest = largest
    }

    /// The file's contents; as they are if they are not packed.
    ///
    /// - Throws: a `Fault` if what is packed cannot be unpacked.
    package func unpacked(_ data: Data, member: String? = nil) throws -> Data {
        let bytes = [UInt8](data.prefix(4))
        if bytes.starts(with: [0x1F, 0x8B, 8]) { return try gzip([UInt8](data)) }
        if bytes == [0x50, 0x4B, 3, 4] { return try zip([UInt8](data), member: member) }
        return data
    }

    private func gzip(_ bytes: [UInt8]) throws -> Data {
        guard bytes.count >= 18 else { throw broken() }
        let flags = bytes[3]
        var at = 10
        if flags & 4 != 0 {
            guard at + 2 <= bytes.count else { throw broken() }
            at += 2 + Int(bytes[at]) + Int(bytes[at + 1]) << 8
        }
        for bit in [UInt8(8), 16] where flags & bit != 0 {
            guard at < bytes.count, let end = bytes[at...].firstIndex(of: 0) else { throw broken() }
            at = end + 1
        }
        if flags & 2 != 0 { at += 2 }
        guard at < bytes.count else { throw broken() }
        return try inflate(bytes[at...])
    }

    private func zip(_ bytes: [UInt8], member: String?) throws -> Data {
        func number(_ at: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { at + $1 < bytes.count ? $0 | Int(bytes[at + $1]) << (8 * $1) : $0 }
        }
        // The end of the central directory is found from behind: a comment of up to 64 KiB may follow it.
        let search = max(0, bytes.count - 66_000)
        guard bytes.count >= 22,
            let end = (search...(bytes.count - 22)).last(where: { number($0, 4) == 0x0605_4B50 })
        else { throw broken() }
        var at = number(end + 16, 4)
        var seen: [String] = []
        for _ in 0..<number(end + 10, 2) {
            guard at + 46 <= bytes.count, number(at, 4) == 0x0201_4B50 else { throw broken() }
            let (length, extra, comment) = (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
            guard at + 46 + length <= bytes.count else { throw broken() }
            let entry = String(decoding: bytes[(at + 46)..<(at + 46 + length)], as: UTF8.self)
            if entry == member {
                let (method, packed, local) = (number(at + 10, 2), number(at + 20, 4), number(at + 42, 4))
                let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
                guard start <= bytes.count, packed <= bytes.count - start else { throw broken() }
                let body = bytes[start..<(start + packed)]
                switch method {
                case 0: return Data(body)
                case 8: return try inflate(body)
                default: throw broken()
                }
            }
            seen.append(entry)
            at += 46 + length + extra + comment
        }
        throw Fault.unknown(.unreadableFile, "member of \(name)", named: member ?? "", among: seen)
    }

    private func inflate(_ bytes: ArraySlice<UInt8>) throws -> Data {
        var inflation = Inflation(bytes, most: largest)
        guard let plain = inflation.run() else { throw broken() }
        return Data(plain)
    }

    private func broken() -> Fault {
        Fault(
            .unreadableFile, name, "is packed, but cannot be unpacked or is larger than \(largest >> 20) MiB",
            hint: "Pull it again, or unpack it and name it with --data")
    }
}
