import Engine
import Testing

struct WholeTextTests {
    @Test func holdsACharacterBackUntilItsLastByte() {
        var text = WholeText()
        let smile = Array("😀".utf8)
        #expect(text.append(Array("ab".utf8) + smile[..<1]) == "ab")
        #expect(text.append(smile[1..<3]) == "")
        #expect(text.append(smile[3...] + [0x63]) == "😀c")
        #expect(text.finish() == "")
    }

    @Test func showsACharacterThatNeverCameWhole() {
        var text = WholeText()
        #expect(text.append([0x61, 0xE2, 0x82]) == "a")
        #expect(text.finish() == "\u{FFFD}")
        #expect(text.finish() == "")
    }

    @Test(arguments: [[0xFF], [0x80], [0xC0], [0xF5], [0x80, 0x80, 0x80, 0x80]] as [[UInt8]])
    func doesNotWaitForWhatCannotBecomeACharacter(bytes: [UInt8]) {
        var text = WholeText()
        #expect(text.append(bytes) == String(repeating: "\u{FFFD}", count: bytes.count))
    }

    /// The law, for bytes of which many are no UTF-8, cut anywhere.
    @Test(arguments: 0..<200)
    func givesTheSameTextHoweverTheBytesAreCut(seed: Int) {
        var draws = Draws(seed: UInt64(seed))
        var bytes: [UInt8] = []
        for _ in 0..<60 {
            if draws.below(3) == 0 {
                bytes.append(draws.element(of: [0x61, 0x80, 0xBF, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF]))
            } else {
                bytes.append(contentsOf: draws.text(upTo: 3).utf8)
            }
        }
        var text = WholeText()
        var shown = ""
        var start = 0
        while start < bytes.count {
            let end = min(start + 1 + draws.below(5), bytes.count)
            shown += text.append(bytes[start..<end])
            start = end
        }
        shown += text.finish()
        #expect(Array(shown.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8))
    }
}
