/// Says how many bytes at the end of a row begin a UTF-8 character whose rest is still to come.
enum UnfinishedCharacter {
    /// 0 to 3 bytes. Bytes that can begin no character count as none, so what is not UTF-8 is never held for long.
    static func length(atEndOf bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let byte = bytes[bytes.count - length]
            guard byte & 0b1100_0000 != 0b1000_0000 else { continue }
            return characterLength(startingWith: byte) > length ? length : 0
        }
        return 0
    }

    /// Bytes of a character by its first one (RFC 3629); 1 for a byte that begins none.
    private static func characterLength(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
