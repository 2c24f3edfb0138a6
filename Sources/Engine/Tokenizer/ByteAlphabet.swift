/// The 256 printable characters that byte-level vocabularies write bytes with: `Ġ` is the space, `Ċ` the line feed.
///
/// Bytes whose Latin-1 character is printable (0x21–0x7E, 0xA1–0xAC, 0xAE–0xFF) stand for themselves; the other 68, in
/// order, are U+0100 to U+0143. Source: `bytes_to_unicode` in the released code of GPT-2.
public enum ByteAlphabet {
    /// The character of each byte, 256 of them.
    public static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if isPrintable(byte) { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? "?"
        }
    }()

    /// The byte a character is written for; nil for a character outside the alphabet.
    public static func byte(of character: Unicode.Scalar) -> UInt8? {
        let position = Int(character.value)
        guard position < bytes.count else { return nil }
        return bytes[position]
    }

    /// The bytes a vocabulary's text is written for; nil when one of its characters is outside the alphabet.
    public static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        return append(text.utf8, to: &result) ? result : nil
    }

    /// Appends the bytes that UTF-8 in the alphabet is written for; false, and nothing appended, when a character of
    /// it is outside. All of the alphabet has one or two bytes.
    static func append(_ text: some Sequence<UInt8>, to result: inout [UInt8]) -> Bool {
        let start = result.count
        var lead: Int?
        for unit in text {
            var character = Int(unit)
            if let first = lead {
                character = first << 6 | Int(unit & 0x3F)
                lead = nil
            } else if unit >= 0xC0 {
                lead = Int(unit & 0x1F)
                // Three bytes and more: no character of the alphabet.
                if unit < 0xE0 { continue }
                character = .max
            }
            guard character < bytes.count, let byte = bytes[character] else {
                result.removeLast(result.count - start)
                return false
            }
            result.append(byte)
        }
        return true
    }

    /// Byte by character, U+0000 to U+0143.
    private static let bytes: [UInt8?] = {
        var table = [UInt8?](repeating: nil, count: 0x144)
        for (byte, character) in characters.enumerated() {
            table[Int(character.value)] = UInt8(byte)
        }
        return table
    }()

    private static func isPrintable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
        default: false
        }
    }
}
