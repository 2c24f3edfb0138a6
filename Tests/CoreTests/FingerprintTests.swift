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
