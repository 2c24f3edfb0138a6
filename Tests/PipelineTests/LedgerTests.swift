import Core
import Foundation
import Pipeline
import Support
import Synchronization
import Testing

/// The attempt ledger against what experts were really asked, over random faults.
struct LedgerTests {
    private static let codes: [Fault.Code] = [
        .expertFailed, .expertLimited, .expertUnreachable, .expertGarbled, .expertCutOff, .expertTimedOut,
        .expertRefused, .unsupported,
    ]

    /// A text that no other call says.
    private static func text(_ expert: ExpertID, _ call: Int) -> [String] {
        (0..<4).map { "<\(expert).\(call).\($0)>" }
    }

    private static func expert(_ id: ExpertID, retries: Int, seed: UInt64) -> FakeExpert {
        let random = Mutex(SeededRandom(seed: seed))
        return FakeExpert(id, retries: retries) { _, call in
            random.withLock { random in
                let fault = Fault(
                    codes[random.below(codes.count)], id.rawValue, "said no",
                    retryAfterSeconds: random.below(3) == 0 ? Double(random.below(5)) : nil)
                let words = text(id, call)
                switch random.below(5) {
                case 0: return .fails(fault)
                case 1: return .init(pieces: [.reasoning("hm")], fault: fault)
                case 2: return .breaks(after: Array(words.prefix(1 + random.below(3))), fault)
                default: return .init(pieces: words.map(AnswerPiece.text) + [.finish(.stop)])
                }
            }
        }
    }

    @Test func attemptsEqualCallsAndNoTextIsRepeated() async throws {
        var outcomes: [Trace.Outcome: Int] = [:]
        for seed in 0..<600 {
            var random = SeededRandom(seed: UInt64(seed) &* 77)
            let most = random.below(4)
            let ids: [ExpertID] = ["a", "b", "c", "spare", "w"]
            let experts = ids.map { Self.expert($0, retries: random.below(3), seed: random.next()) }
            let seats = Array(ids.prefix(1 + random.below(3)))
            let isSynthesis = random.below(3) == 0
            var route = Workshop.everybody(
                seats, method: isSynthesis ? .synthesis : .vote, writer: isSynthesis ? "w" : nil,
                budget: Budget(calls: random.below(4) == 0 ? 1 + random.below(6) : nil),
                fallback: random.below(2) == 0 ? "spare" : nil)
            route.retries = most
            let shop = Workshop(experts, routes: [route])
            let delivery: Delivery = random.below(2) == 0 ? .whole : .streamed
            var read = ""
            var isOver = false
            do {
                let flow = try await shop.pipeline.answer(
                    Question("?"), model: "auto", wishes: Wishes(seed: UInt64(seed)), delivery: delivery)
                while let event = try await flow.next() {
                    #expect(!isOver)
                    switch event {
                    case .piece(.text(let text)): read += text
                    case .piece, .choice: break
                    case .settled(let answer, _):
                        isOver = true
                        #expect(read == answer.text || read.isEmpty)
                    }
                }
            } catch is Fault {}
            let trace = try #require(shop.traces.all.first)
            #expect(shop.traces.all.count == 1)
            let calls = experts.reduce(0) { $0 + $1.questions.count }
            #expect(trace.attempts.count(where: \.isCall) == calls)
            for expert in experts {
                let mine = trace.attempts.filter { $0.expert == expert.card.id && $0.isCall }
                #expect(mine.count == expert.questions.count)
                #expect(expert.openStreams == 0)
            }
            let needed = seats.count + (route.fallback == nil ? 0 : 1) + (isSynthesis && seats.count > 1 ? 1 : 0)
            #expect(calls <= needed + most)
            if let allowed = route.budget.calls { #expect(calls <= allowed) }
            #expect(
                trace.attempts.allSatisfy { ($0.outcome == .failed || $0.outcome == .refused) == ($0.fault != nil) })
            // What was read is the beginning of what one call said.
            let said = experts.flatMap { expert in
                (0..<expert.questions.count).map { Self.text(expert.card.id, $0).joined() }
            }
            #expect(read.isEmpty || said.contains { $0.hasPrefix(read) })
            outcomes[trace.outcome, default: 0] += 1
        }
        #expect(outcomes[.complete, default: 0] > 50 && outcomes[.failed, default: 0] > 50)
        #expect(outcomes[.failedOver, default: 0] > 10)
    }

    /// Attempts of earlier versions have none of the ledger's fields; all of them were calls.
    @Test func attemptsOfEarlierVersionsAreStillRead() throws {
        let old = """
            {"expert": "a", "role": "fallback", "seconds": 1.5, "firstTextSeconds": 0.5, "dollars": 0.25,
             "usage": {"promptTokens": 3, "completionTokens": 4, "estimated": false}, "finish": "stop"}
            """
        let read = try JSONDecoder().decode(Attempt.self, from: Data(old.utf8))
        var expected = Attempt(expert: "a", role: .fallback, seconds: 1.5, firstTextSeconds: 0.5)
        expected.usage = Usage(promptTokens: 3, completionTokens: 4)
        expected.dollars = 0.25
        expected.finish = .stop
        #expect(read == expected && read.isCall)
    }
}
