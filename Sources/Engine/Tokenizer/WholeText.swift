/// Makes text of bytes that come token by token, and holds a character back until its last byte is there.
///
/// Law: what `append` and `finish` give, put together, is `String(decoding:)` of all the bytes, however they were cut.
public struct WholeText: Sendable {
    /// The start of a character, at most three bytes.
    private var held: [UInt8] = []

    public init() {}

    /// The text that is whole with `bytes`; bytes that are no UTF-8 become U+FFFD.
    public mutating func append(_ bytes: some Sequence<UInt8>) -> String {
        held.append(contentsOf: bytes)
        let end = Self.wholeEnd(of: held)
        let text = String(decoding: held[..<end], as: UTF8.self)
        held.removeFirst(end)
        return text
    }

    /// The rest, once no more bytes come: U+FFFD for a character that stayed incomplete, else nothing.
    public mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    /// Where the last character begins when bytes of it are still to come, else the end.
    private static func wholeEnd(of bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let position = bytes.count - back
            let length: Int
            switch bytes[position] {
            case 0x80...0xBF: continue
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: length = 1
            }
            return length > back ? position : bytes.count
        }
        return bytes.count
    }
}
