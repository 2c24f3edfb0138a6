import Core
import Testing

struct FeedbackTests {
    private let at = Timestamp(microseconds: 0)

    @Test(arguments: [-0.001, 1.001, .nan, .infinity])
    func aScoreIsFromZeroToOne(_ score: Double) {
        #expect(throws: Fault.self) { try Feedback(trace: "t", score: score, at: at) }
    }

    @Test func aCommentIsBoundedInBytes() throws {
        #expect(try Feedback(trace: "t", score: 1, comment: String(repeating: "é", count: 2048), at: at).comment != nil)
        #expect {
            try Feedback(trace: "t", score: 1, comment: String(repeating: "é", count: 2049), at: at)
        } throws: { error in
            (error as? Fault)?.sentence == "comment: it has 4098 bytes. At most 4096 are kept. Shorten it."
        }
    }

    @Test func aTraceIsMeantByItsIdOrItsCompletions() {
        #expect(Feedback.traceID(in: "chatcmpl-0af") == "0af")
        #expect(Feedback.traceID(in: "0af") == "0af")
        #expect(Feedback.traceID(in: "chatcmpl") == "chatcmpl")
    }

    @Test func withoutTextTheScoreStays() throws {
        let feedback = try Feedback(trace: "t", score: 0.5, comment: "secret", at: at).withoutText
        #expect(feedback.comment == nil && feedback.score == 0.5)
    }
}
