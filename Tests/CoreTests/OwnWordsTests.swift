import Core
import Testing

struct OwnWordsTests {
    @Test(arguments: [
        ("answers with status 500: prompt PRIVATE", "answers with status 500"),
        ("answers with status 404", "answers with status 404"),
        (#"says "PRIVATE" in place of an answer"#, "says that it failed"),
        (#"answers with text/html that is not JSON: "PRIVATE""#, "answers with text/html that is not JSON"),
        (#"sent an event that is not JSON: "PRIVATE""#, "sent an event that is not JSON"),
        ("answers with status 429: PRIVATE (the last of 3 tries)", "answers with status 429"),
        ("resting for 3 s: answers with status 500: PRIVATE", "resting for 3 s: answers with status 500"),
        (
            "is left alone after failures (answers with status 500: PRIVATE)",
            "is left alone after failures (answers with status 500)"
        ),
        ("nobody answers at http://127.0.0.1:1/v1 (refused)", "nobody answers at http://127.0.0.1:1/v1 (refused)"),
        ("", ""), ("näive: 🦊", "näive: 🦊"), ("answers with status ", "answers with status "),
    ])
    func aSentenceEndsWhereAServersWordsBegin(_ sentence: String, own: String) {
        let cause = Fault(.expertLimited, "b", sentence)
        let fault = Fault(.expertFailed, "a", sentence, hint: "See its log", causes: [cause])
        var trace = trace()
        trace.attempts = [Attempt(expert: "a", role: .seat, seconds: 1, fault: fault)]
        trace.recruitment.excluded = [.init(expert: "b", because: sentence)]
        trace.notes = [sentence]
        let kept = trace.withoutText
        #expect(kept.attempts[0].fault?.found == own && kept.attempts[0].fault?.causes.first?.found == own)
        #expect(kept.attempts[0].fault?.code == .expertFailed && kept.attempts[0].fault?.hint == "See its log")
        #expect(kept.recruitment.excluded[0].because == own && kept.notes == [own])
    }

    @Test func whateverElseIsQuotedInAnExpertsFailureIsLeftOut() {
        var trace = trace()
        let fault = Fault(.expertGarbled, "a", #"sent an odd word: "PRIVATE""#)
        trace.attempts = [Attempt(expert: "a", role: .seat, seconds: 1, fault: fault)]
        #expect(trace.withoutText.attempts[0].fault?.found == "sent an odd word")
    }

    private func trace() -> Trace {
        Trace(
            id: "t", at: Timestamp(microseconds: 0), route: "auto", question: "f00d",
            need: Need(annotator: "lexical", mentions: []),
            recruitment: Recruitment(strategy: "skill", seats: [], suitabilities: [], excluded: [], seed: 1, reason: "")
        )
    }
}
