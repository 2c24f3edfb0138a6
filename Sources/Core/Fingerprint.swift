/// 128 bits that stand for a text: FNV-1a, the same on every machine. For caches and identities, not for secrets.
///
/// Source: Fowler, Noll and Vo; the 128-bit constants of draft-eastlake-fnv.
public struct Fingerprint: Sendable, Hashable {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    public init() {}

    /// The fingerprint of texts in order; where one ends and the next begins counts.
    public init(of texts: String...) { for text in texts { add(text) } }

    /// Takes in one more text. Beyond its first kibibyte it goes on in words of eight bytes (little-endian, the last one
    /// filled with zeros): the same spread, an eighth of the work.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes.prefix(Self.byteByByte) { add(byte: byte) }
            for start in stride(from: Self.byteByByte, to: bytes.count, by: 8) {
                var word: UInt64 = 0
                for (place, byte) in bytes[start..<min(start + 8, bytes.count)].enumerated() {
                    word |= UInt64(byte) << (8 * UInt64(place))
                }
                add(word: word)
            }
        }
        add(byte: 0xFF)  // never part of UTF-8, so it separates texts
    }

    private static let byteByByte = 1_024

    private mutating func add(word: UInt64) {
        state = (state ^ UInt128(word)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }

    private mutating func add(byte: UInt8) {
        state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }

    /// 32 hexadecimal digits.
    public var hex: String { hexDigits(of: state) }

    /// The lower 64 bits, for seeds.
    public var seed: UInt64 { UInt64(truncatingIfNeeded: state ^ (state >> 64)) }
}

extension Question {
    /// Stands for everything about this question that an expert's answer depends on.
    public var fingerprint: Fingerprint {
        var print = Fingerprint()
        for message in messages {
            print.add(message.role.rawValue)
            for part in message.parts {
                switch part {
                case .text(let text): print.add(text)
                case .image(let url): print.add("image:" + url)
                case .call(let call): print.add("call:\(call.id):\(call.name):" + call.arguments)
                }
            }
            if let answered = message.answeredCall { print.add("answers:" + answered) }
        }
        for instruction in instructions { print.add("instruction:" + instruction) }
        if let steering { print.add("steering:" + steering.line) }
        for tool in output.tools {
            print.add("tool:" + tool.name)
            print.add(tool.parameters.map { JSONText.of($0) } ?? "")
        }
        return print
    }
}
