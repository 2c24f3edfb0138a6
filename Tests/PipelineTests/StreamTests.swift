import Core
import Pipeline
import Support
import Testing

/// What a reader of a stream gets when experts fail.
struct StreamTests {
    private static func event(_ bytes: String, _ pieces: [AnswerPiece]) -> AnswerPiece {
        .original(OriginalEvent(bytes: Array(bytes.utf8), members: [], pieces: pieces))
    }

    private let cut = Fault(.expertCutOff, "a", "cut")

    /// Reads a stream to its end.
    private func read(
        _ shop: Workshop, _ model: String = "auto", _ delivery: Delivery = .streamed
    ) async throws -> (pieces: [AnswerPiece], trace: Trace?, fault: Fault?) {
        var pieces: [AnswerPiece] = []
        let flow = try await shop.pipeline.answer(Question("?"), model: model, wishes: Wishes(), delivery: delivery)
        do {
            while let event = try await flow.next() {
                switch event {
                case .piece(let piece), .choice(_, let piece): pieces.append(piece)
                case .settled(_, let trace): return (pieces, trace, nil)
                }
            }
        } catch let fault as Fault {
            return (pieces, nil, fault)
        }
        return (pieces, nil, nil)
    }

    @Test func afterTheFirstWordNothingIsSaidTwice() async throws {
        let broken = FakeExpert("a", retries: 3, replies: [.breaks(after: ["half"], cut)])
        let spare = FakeExpert("spare", replies: [.says("all of it")])
        let shop = Workshop([broken, spare], routes: [Workshop.everybody(["a"], fallback: "spare")])
        let (pieces, _, fault) = try await read(shop)
        #expect(pieces == [.text("half")])
        #expect(fault == cut)
        #expect(broken.questions.count == 1 && spare.questions.isEmpty)
        #expect(shop.traces.all.map(\.outcome) == [.failed])
        #expect(shop.traces.all.first?.attempts.map(\.outcome) == [.failed])
    }

    @Test func aWholeAnswerThatBreaksOffIsAskedAnew() async throws {
        let broken = FakeExpert("a", retries: 1, replies: [.breaks(after: ["half"], cut), .says("all of it")])
        let shop = Workshop([broken], routes: [Workshop.everybody(["a"])])
        let (_, trace, _) = try await read(shop, "auto", .whole)
        #expect(trace?.outcome == .complete)
        #expect(trace?.attempts.map(\.reason) == [.first, .retry])
    }

    @Test func anExpertAddressedByItsIDIsTriedAgainUnnoticed() async throws {
        let a = FakeExpert(
            "a", retries: 2,
            replies: [.fails(cut), .init(pieces: [.reasoning("hm")], fault: cut), .says("here")])
        let (pieces, trace, _) = try await read(Workshop([a], routes: []), "a")
        #expect(pieces.contains(.text("here")))
        #expect(trace?.outcome == .complete && trace?.attempts.count == 3)
        #expect(trace?.attempts.map(\.outcome) == [.failed, .failed, .answered])
    }

    @Test func thePreambleOfABrokenStreamIsNeverSeen() async throws {
        let broken = FakeExpert("a", replies: [.init(pieces: [Self.event("role of a", [])], fault: cut)])
        let good = FakeExpert(
            "b", replies: [.init(pieces: [Self.event("role of b", []), Self.event("b speaks", [.text("hi")])])])
        let shop = Workshop([broken, good], routes: [Workshop.everybody(["a"], fallback: "b")])
        let (pieces, trace, _) = try await read(shop)
        #expect(pieces == [Self.event("role of b", []), Self.event("b speaks", [.text("hi")])])
        #expect(trace?.outcome == .failedOver)
        #expect(trace?.attempts.map(\.role) == [.seat, .fallback])
        #expect(trace?.attempts.map(\.reason) == [.first, .failover])
    }

    @Test func aReaderWhoLeavesMidwayHangsUpAndIsBilledForWhatCame() async throws {
        let a = FakeExpert("a", replies: [.init(pieces: [.text("one "), .text("two "), .text("three")])])
        let shop = Workshop([a], routes: [Workshop.everybody(["a"])])
        do {
            let flow = try await shop.pipeline.answer(
                Question("?"), model: "auto", wishes: Wishes(), delivery: .streamed)
            _ = try await flow.next()
            _ = try await flow.next()
            #expect(a.openStreams == 1)
        }
        #expect(a.openStreams == 0)
        let trace = try #require(shop.traces.all.first)
        #expect(trace.outcome == .clientGone)
        #expect(trace.attempts.map(\.outcome) == [.cancelled])
        #expect(trace.attempts.first?.usage.completionTokens == 2 && trace.usage.estimated)
    }

    @Test func aLongStreamIsPassedOnPieceByPiece() async throws {
        let words = (0..<20_000).map { "w\($0) " }
        let a = FakeExpert("a", replies: [.init(pieces: words.map(AnswerPiece.text))])
        let (pieces, trace, _) = try await read(Workshop([a], routes: [Workshop.everybody(["a"])]))
        #expect(pieces == words.map(AnswerPiece.text))
        #expect(trace?.outcome == .complete)
    }

    @Test func whenAllRestTheFirstToBeBackIsWaitedForIfItIsSoon() async throws {
        for (rest, budget, waits) in [(3.0, nil, true), (3.0, 2.0, false), (31.0, nil, false)] {
            let resting = RecoveringExpert(rest: .seconds(rest))
            let time = ManualTime()
            resting.follow(time)
            let route = Workshop.everybody(["a"], budget: Budget(time: budget.map { .seconds($0) }))
            let shop = Workshop([resting], routes: [route], time: time)
            do {
                let (answer, _) = try await shop.pipeline.answer(Question("?"), model: "auto")
                #expect(answer.text == "back" && waits)
                #expect(time.sleeps.first == .seconds(rest))
            } catch let fault as Fault {
                #expect(fault.code == .noExpert && fault.retryAfterSeconds == rest && !waits)
            }
        }
    }

    @Test func aRequestMayForbidFurtherTriesAndTheFallback() async throws {
        for isStreamed in [false, true] {
            let a = FakeExpert("a", retries: 3, replies: [.breaks(after: [], cut)])
            let spare = FakeExpert("spare", replies: [.says("here")])
            let shop = Workshop([a, spare], routes: [Workshop.everybody(["a"], fallback: "spare")])
            let flow = try await shop.pipeline.answer(
                Question("?"), model: "auto", wishes: Wishes(retries: 0, allowsFallback: false),
                delivery: isStreamed ? .streamed : .whole)
            await #expect(throws: cut) { try await flow.settled() }
            #expect(a.questions.count == 1 && spare.questions.isEmpty)
        }
    }

    @Test func whenAllRestTheFallbackStandsIn() async throws {
        let resting = RecoveringExpert(rest: .seconds(3))
        let spare = FakeExpert("spare", replies: [.says("here")])
        let shop = Workshop([resting, spare], routes: [Workshop.everybody(["a"], fallback: "spare")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "here" && trace.outcome == .failedOver)
        #expect(trace.recruitment.reason == "nobody else can be asked now: the fallback stands in")
    }
}
