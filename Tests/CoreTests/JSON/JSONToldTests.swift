import Core
import Testing

struct JSONToldTests {
    /// Every member has a value.
    private static let trace: Trace = {
        let fault = Fault(
            .expertFailed, "b", "said \"no\"\n", expected: "yes", hint: "Ask again",
            causes: [Fault(.noExpert, "", "é")], retryAfterSeconds: 1.5)
        let usage = Usage(
            promptTokens: 3, completionTokens: 4, cachedTokens: 1, estimated: true, reportedDollars: .infinity)
        var attempt = Attempt(
            expert: "a", role: .synthesis, seconds: 0.25, firstTextSeconds: 1e-7, usage: usage, dollars: .nan,
            finish: .toolCalls, answer: "42", fault: fault, reason: .failover, outcome: .hedgeLost, startSeconds: 2)
        attempt.priceVersion = "p0"
        attempt.queuedSeconds = 0.5
        attempt.clock = .firstToken
        attempt.status = 503
        attempt.bytes = 10
        var trace = Trace(
            id: "t", at: Timestamp(microseconds: -5), route: "auto", question: "q", text: "why?",
            need: Need(
                annotator: "lexical",
                mentions: [.init(keyword: "k", score: 0.5, skill: "algebra", similarity: 1)]),
            recruitment: Recruitment(
                strategy: "skill", form: .ladder, seats: [.init(expert: "a", probability: 0.5)],
                suitabilities: [.init(expert: "a", local: 1, strength: 0.5, weight: 0.25, probability: 1)],
                excluded: [.init(expert: "b", because: "rests")], seed: 9_007_199_254_740_991, reason: "best"),
            attempts: [attempt, Attempt(expert: "b", role: .seat, seconds: 1)],
            verdict: Verdict(
                method: "vote", expert: "a", ballots: [.init(answer: "42", votes: 2, experts: ["a", "b"])],
                agreement: 1, note: "n"),
            outcome: .clientGone, usage: usage, dollars: 0.1, seconds: 12, decisionSeconds: 0.001,
            notes: ["one", "two"])
        trace.requestID = "r-1"
        trace.parent = TraceParent(
            traceID: "0123456789abcdef0123456789abcdef", spanID: "0123456789abcdef", isSampled: true)
        trace.key = "key_1"
        return trace
    }()

    @Test func aTraceWritesWhatItsEncodingSays() throws {
        #expect(Self.text(Self.trace.told()) == Self.text(try JSONWriter().bytes(of: Self.trace)))
        #expect(
            Self.text(Self.trace.told(.snakeCase)) == Self.text(try JSONWriter(.snakeCase).bytes(of: Self.trace)))
    }

    @Test func aTraceOfNothingButWhatItNeedsDoesToo() throws {
        let bare = Trace(
            id: "", at: Timestamp(microseconds: 0), route: "", question: "", need: Need(annotator: "", mentions: []),
            recruitment: Recruitment(strategy: "", seats: [], seed: 0, reason: ""))
        #expect(Self.text(bare.told()) == Self.text(try JSONWriter().bytes(of: bare)))
    }

    @Test func theTraceOfTheseTestsHasEveryMember() {
        for value: Any in [Self.trace, Self.trace.attempts[0], Self.trace.usage, Self.trace.attempts[0].fault as Any] {
            for (name, member) in Mirror(reflecting: value).children {
                let mirror = Mirror(reflecting: member)
                #expect(
                    mirror.displayStyle != .optional || !mirror.children.isEmpty, "\(name ?? "") is nil in \(value)")
            }
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
