import Engine
import Testing

struct ByteAlphabetTests {
    @Test func writesEachByteWithItsOwnCharacter() {
        #expect(ByteAlphabet.characters.count == 256)
        #expect(Set(ByteAlphabet.characters).count == 256)
    }

    @Test func readsEachCharacterBackAsItsByte() {
        for byte in UInt8.min...UInt8.max {
            #expect(ByteAlphabet.byte(of: ByteAlphabet.characters[Int(byte)]) == byte)
        }
    }

    /// From the released code of GPT-2: the space is the 33rd byte that is not printable (0x00–0x20), so U+0100 + 32;
    /// 0x7F is the 34th, 0x80–0xA0 are the next 33, 0xAD is the 68th.
    @Test(
        arguments: [
            (0x00, "\u{100}"), (0x0A, "\u{10A}"), (0x20, "\u{120}"), (0x21, "!"), (0x7E, "~"), (0x7F, "\u{121}"),
            (0x80, "\u{122}"), (0xA0, "\u{142}"), (0xA1, "\u{A1}"), (0xAD, "\u{143}"), (0xAE, "\u{AE}"),
            (0xFF, "\u{FF}"),
        ] as [(UInt8, Unicode.Scalar)])
    func givesTheCharactersOfGPT2(byte: UInt8, character: Unicode.Scalar) {
        #expect(ByteAlphabet.characters[Int(byte)] == character)
    }

    @Test(arguments: [" ", "\n", "\u{7F}", "\u{AD}", "\u{144}", "一", "\u{10FFFF}"] as [Unicode.Scalar])
    func knowsNoOtherCharacter(character: Unicode.Scalar) {
        #expect(ByteAlphabet.byte(of: character) == nil)
    }

    @Test func readsAWordOrNothingOfIt() {
        #expect(ByteAlphabet.bytes(of: "\u{120}the") == Array(" the".utf8))
        #expect(ByteAlphabet.bytes(of: "a b") == nil)
        #expect(ByteAlphabet.bytes(of: "") == [])
    }
}
