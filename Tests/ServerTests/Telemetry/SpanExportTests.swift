import Core
import Foundation
import Server
import Support
import Synchronization
import Testing

struct SpanExportTests {
    /// A collector that answers as it is told, and keeps what it got.
    private final class Collector: Sendable {
        private let state: Mutex<(replies: [SpanExport.Reply], bodies: [String])>
        let reports = Mutex<[String]>([])

        init(_ replies: [SpanExport.Reply] = []) { state = Mutex((replies, [])) }

        var bodies: [String] { state.withLock { $0.bodies } }

        func take(_ body: String) -> SpanExport.Reply {
            state.withLock { state in
                state.bodies.append(body)
                return state.replies.isEmpty ? .taken : state.replies.removeFirst()
            }
        }
    }

    private func export(
        to collector: Collector, _ limits: SpanExport.Limits = SpanExport.Limits(), time: ManualTime
    ) -> SpanExport {
        SpanExport(
            card: { _ in nil }, service: "muster", version: "1", limits: limits, time: time.source,
            send: { collector.take($0) }, report: { text in collector.reports.withLock { $0.append(text) } })
    }

    private func trace(_ number: Int) -> Trace {
        let digits = String(number, radix: 16)
        return Samples.trace(id: String(repeating: "0", count: 32 - digits.count) + digits)
    }

    @Test func sendsWhatHasGatheredInOneRequest() async {
        let (collector, time) = (Collector(), ManualTime(.waits))
        let export = export(to: collector, time: time)
        for number in 1...3 { export.finished(trace(number)) }
        await export.close()
        #expect(collector.bodies.count == 1)
        #expect(collector.bodies.first?.components(separatedBy: #""name":"chat auto""#).count == 4)
        #expect(export.sent == 3 && export.dropped == 0)
    }

    @Test func waitsForOthersAndThenSendsOfItself() async throws {
        let (collector, time) = (Collector(), ManualTime(.waits))
        let export = export(to: collector, time: time)
        export.finished(trace(1))
        try await eventually { time.sleeperCount == 1 }
        #expect(collector.bodies.isEmpty)
        time.advance(by: .seconds(1))
        try await eventually { export.sent == 1 }
        await export.close()
    }

    @Test func aBusyCollectorIsTriedOnceMore() async throws {
        let collector = Collector([.busy("503"), .taken])
        let export = export(to: collector, time: ManualTime(.jumps))
        export.finished(trace(1))
        try await eventually { export.sent == 1 }
        #expect(collector.bodies.count == 2 && collector.bodies[0] == collector.bodies[1])
        await export.close()
    }

    @Test(arguments: [
        ("http://user:pw@host:4318/v1/traces answered 503", "http://…@host:4318/v1/traces answered 503"),
        ("https://token@h is not there (https://a@b@h?x=1@2)", "https://…@h is not there (https://…@h?x=1@2)"),
        ("http://host/a@b answered 404", "http://host/a@b answered 404"),
    ])
    func whatItIsToldOfTheCollectorHoldsNoPassword(_ why: String, told: String) async throws {
        let collector = Collector([.refused(why)])
        let export = export(to: collector, time: ManualTime(.jumps))
        export.finished(trace(1))
        try await eventually { export.dropped == 1 }
        await export.close()
        #expect(collector.reports.withLock { $0 } == ["1 traces were not sent: \(told)"])
    }

    @Test func afterTwoTriesItIsGivenUpAndTold() async throws {
        let collector = Collector([.busy("503"), .busy("still 503")])
        let export = export(to: collector, time: ManualTime(.jumps))
        export.finished(trace(1))
        try await eventually { export.dropped == 1 }
        #expect(collector.reports.withLock { $0 } == ["1 traces were not sent: still 503"])
        await export.close()
    }

    @Test func aRefusalIsNotTriedAgain() async throws {
        let collector = Collector([.refused("400")])
        let export = export(to: collector, time: ManualTime(.jumps))
        export.finished(trace(1))
        try await eventually { export.dropped == 1 }
        #expect(collector.bodies.count == 1)
        await export.close()
    }

    @Test func moreThanMayWaitIsDroppedAndCounted() async {
        let (collector, time) = (Collector(), ManualTime(.waits))
        let export = export(to: collector, SpanExport.Limits(waiting: 5, batch: 100), time: time)
        for number in 1...9 { export.finished(trace(number)) }
        await export.close()
        #expect(export.sent == 5 && export.dropped == 4)
    }

    @Test func closingDoesNotWaitForABusyCollector() async {
        let (collector, time) = (Collector([.busy("503")]), ManualTime(.waits))
        let export = export(to: collector, time: time)
        export.finished(trace(1))
        await export.close()
        #expect(collector.bodies.count == 1 && export.dropped == 1)
        export.finished(trace(2))
        #expect(export.dropped == 2)
    }
}
