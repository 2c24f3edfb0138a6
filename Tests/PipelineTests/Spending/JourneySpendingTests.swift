import Core
import Pipeline
import Support
import Synchronization
import Testing

/// What a journey takes from the account of whoever asks.
struct JourneySpendingTests {
    /// Notes what was set aside and what became of it.
    private final class Ledger: SpendAccount {
        private struct State {
            var promised: [Spend] = []
            var spent: [Spend] = []
        }

        private final class Promise: SpendReservation {
            private let ledger: Ledger
            private let isSettled = Mutex(false)

            init(_ ledger: Ledger) { self.ledger = ledger }

            deinit { settle(.none) }

            func settle(_ real: Spend) {
                let isFirst = isSettled.withLock { settled in
                    defer { settled = true }
                    return !settled
                }
                if isFirst { ledger.state.withLock { $0.spent.append(real) } }
            }
        }

        private let state = Mutex(State())
        private let refusal: Fault?

        init(refusal: Fault? = nil) { self.refusal = refusal }

        var promised: [Spend] { state.withLock { $0.promised } }
        var spent: [Spend] { state.withLock { $0.spent } }

        func reserve(_ most: Spend) async throws -> any SpendReservation {
            if let refusal { throw refusal }
            state.withLock { $0.promised.append(most) }
            return Promise(self)
        }
    }

    /// An expert that costs something.
    private struct Dear: Expert {
        let expert: FakeExpert
        let price: Price

        var card: ExpertCard {
            var card = expert.card
            card.price = price
            return card
        }

        func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
            try await expert.ask(question, delivery: delivery)
        }
    }

    private static let price = Price(input: 1, output: 2)

    private func says(_ text: String, _ usage: Usage) -> FakeExpert.Reply {
        FakeExpert.Reply(pieces: [.text(text), .usage(usage), .finish(.stop)])
    }

    private func shop(_ replies: [[FakeExpert.Reply]], fallback: ExpertID? = nil, seats: Int? = nil) -> Workshop {
        let names = zip("abcdef", replies).map { ExpertID(String($0.0)) }
        let experts = zip(names, replies).map { Dear(expert: FakeExpert($0, replies: $1), price: Self.price) }
        return Workshop(
            experts,
            routes: [Workshop.everybody(Array(names.prefix(seats ?? names.count)), fallback: fallback)])
    }

    private func asker(_ ledger: Ledger, scope: [String] = []) -> Asker {
        Asker(key: "key_1", name: "web", scope: scope, account: ledger)
    }

    private func ask(
        _ shop: Workshop, _ ledger: Ledger, tokens: Int? = 10
    ) async throws -> (answer: Answer, trace: Trace) {
        try await shop.pipeline.answer(
            Question("what?", sampling: Sampling(maximumTokens: tokens)), model: "auto",
            wishes: Wishes(asker: asker(ledger)))
    }

    @Test func everySeatIsSetAsideBeforeAndSettledAfter() async throws {
        let ledger = Ledger()
        let usage = Usage(promptTokens: 7, completionTokens: 3)
        let (_, trace) = try await ask(shop([[says("x", usage)], [says("x", usage)]]), ledger)
        // "what?" is 1 + 4 tokens, and up to 10 come back: 5 × 1 + 10 × 2 millionths.
        let most = Spend(nanodollars: 25_000, tokens: 15, calls: 1)
        #expect(ledger.promised == [most, most])
        // 7 × 1 + 3 × 2 millionths.
        #expect(ledger.spent == Array(repeating: Spend(nanodollars: 13_000, tokens: 10, calls: 1), count: 2))
        #expect(trace.key == "key_1")
        #expect(trace.attempts.map(\.priceVersion) == [Self.price.version, Self.price.version])
    }

    @Test func withoutALimitAThousandTokensAreAssumed() async throws {
        let ledger = Ledger()
        _ = try await ask(shop([[.says("x")]]), ledger, tokens: nil)
        #expect(ledger.promised.map(\.tokens) == [5 + 1024])
    }

    @Test func aCallThatFailedAtOnceCostsNothingAndItsStandInDoes() async throws {
        let ledger = Ledger()
        let away = FakeExpert.Reply.fails(Fault(.expertRefused, "a", "said no"))
        let usage = Usage(promptTokens: 1, completionTokens: 1)
        let (answer, _) = try await ask(shop([[away], [says("y", usage)]], fallback: "b", seats: 1), ledger)
        #expect(answer.text == "y")
        #expect(ledger.spent.first == Spend.none)
        #expect(ledger.spent.last == Spend(nanodollars: 3_000, tokens: 2, calls: 1))
        #expect(ledger.spent.count == ledger.promised.count)
    }

    @Test func whoeverLeavesInTheMiddleHasHadWhatWasSaid() async throws {
        let ledger = Ledger()
        let shop = shop([[.breaks(after: ["hello", " there"], Fault(.expertCutOff, "a", "broke"))]])
        do {
            let flow = try await shop.pipeline.answer(
                Question("what?"), model: "auto", wishes: Wishes(asker: asker(ledger)), delivery: .streamed)
            _ = try await flow.next()
        }
        #expect(ledger.spent.count == 1)
        #expect(ledger.spent.allSatisfy { $0.calls == 1 && $0.tokens > 0 && $0.nanodollars > 0 })
    }

    @Test func anEmptyAccountIsSaidForWhatItIs() async throws {
        for code in [Fault.Code.quotaUsedUp, .rateLimited] {
            let ledger = Ledger(refusal: Fault(code, "key web", "no", retryAfterSeconds: 3))
            for seats in 1...2 {
                let shop = shop([[.says("x")], [.says("x")], [.says("z")]], fallback: "c", seats: seats)
                let found = await #expect(throws: Fault.self) { _ = try await self.ask(shop, ledger) }
                #expect(found?.code == code && found?.retryAfterSeconds == 3, "\(String(describing: found))")
            }
        }
    }

    @Test func outsideItsScopeNobodyIsAskedAndNothingListed() async throws {
        let ledger = Ledger()
        let shop = shop([[.says("x")], [.says("x")]])
        let asker = asker(ledger, scope: ["a"])
        for model in ["auto", "b", "nobody"] {
            let found = await #expect(throws: Fault.self) {
                _ = try await shop.pipeline.answer(Question("?"), model: model, wishes: Wishes(asker: asker))
            }
            #expect(found?.code == .notAllowed)
        }
        #expect(ledger.promised.isEmpty)
        #expect(Asker.$current.withValue(asker) { shop.pipeline.models().map(\.id) } == ["a"])
        #expect(shop.pipeline.models().map(\.id) == ["auto", "a", "b"])
    }

    @Test func whatAProviderSaysIsKeptBesideAndADifferenceNoted() async throws {
        let usage = Usage(promptTokens: 1000, completionTokens: 0, reportedDollars: 0.5)
        let (_, trace) = try await ask(shop([[says("x", usage)]]), Ledger())
        #expect(trace.attempts.first?.dollars == 0.001 && trace.attempts.first?.reportedDollars == 0.5)
        #expect(
            trace.notes == [
                "a says that its answer cost $0.5, its price makes it $0.001: look at experts.a.price"
            ])
        #expect(trace.dollars == 0.001)
    }

    @Test func aPausedExpertIsAskedNothingAndTheTraceSaysWhy() async throws {
        let experts = ["a", "b"].map { FakeExpert(ExpertID($0), replies: [.says("x")]) }
        let directory = ExpertDirectory(experts)
        directory.pauses.set("a", isPaused: true)
        let states = await directory.states()
        #expect(states.map(\.health) == [.unusable("it is paused by the administrator"), .ready])
        let found = #expect(throws: Fault.self) { _ = try directory.expert("a") }
        #expect(found?.sentence == "a: it is paused by the administrator.")
        directory.pauses.set("a", isPaused: false)
        #expect(await directory.states().allSatisfy(\.health.isReady))
    }

    @Test func theAnnotatorIsCountedToo() async throws {
        let ledger = Ledger()
        let usage = Usage(promptTokens: 4, completionTokens: 1)
        let expert = AccountedExpert(
            Dear(expert: FakeExpert("w", replies: [says("Keywords: sums", usage)]), price: Self.price),
            time: ManualTime().source)
        let answer = try await Asker.$current.withValue(asker(ledger)) {
            try await expert.answer(Question("?"), time: ManualTime().source)
        }
        #expect(answer.text == "Keywords: sums" && answer.usage == usage)
        #expect(ledger.spent == [Spend(nanodollars: 6_000, tokens: 5, calls: 1)])
        _ = try await expert.answer(Question("?"), time: ManualTime().source)
        #expect(ledger.spent.count == 1)
    }
}
