import Core
import Testing

struct FingerprintTests {
    /// FNV-1a of no bytes is the offset basis; an empty text adds only its end mark, so it differs from no text.
    @Test func startsAtTheOffsetBasis() {
        #expect(Fingerprint().hex == "6c62272e07bb014262b821756295c58d")
        #expect(Fingerprint(of: "") != Fingerprint())
    }

    @Test func whereOneTextEndsCounts() {
        #expect(Fingerprint(of: "ab", "c") != Fingerprint(of: "a", "bc"))
        #expect(Fingerprint(of: "abc") != Fingerprint(of: "ab", "c"))
    }

    @Test func theSameWordsFromAnotherSpeakerAreAnotherQuestion() {
        let asked = Question(messages: [Message(.user, "hello")])
        let said = Question(messages: [Message(.assistant, "hello")])
        #expect(asked.fingerprint != said.fingerprint)
        #expect(asked.fingerprint == Question("hello").fingerprint)
    }
}

extension FingerprintTests {
    /// A text of 1,024 zeros' worth of "a", then nine more: eight in one word, one in the next.
    @Test func longTextsGoOnInWords() {
        let long = String(repeating: "a", count: 1_033)
        #expect(Fingerprint(of: long) == Fingerprint(of: long))
        // Whatever differs beyond the first kibibyte counts, also in the last byte and in the order.
        let ends = ["b" + String(repeating: "a", count: 8), String(repeating: "a", count: 8) + "b", "abaaaaaaa", ""]
        let prints = ends.map { Fingerprint(of: String(repeating: "a", count: 1_024) + $0).hex }
        #expect(Set(prints + [Fingerprint(of: long).hex]).count == 5)
    }
}
