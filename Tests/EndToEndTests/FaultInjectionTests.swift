import Foundation
import Support
import Synchronization
import Testing
import Transport

/// The service in front of an expert that fails in every way, byte by byte: clients get a whole answer, the fallback's, or
/// one error, and the trace counts what the experts were asked. `scripts/faults` has thousands of such cases.
struct FaultInjectionTests {
    /// Ways in which a connection ends, by name.
    static let endings = ["close", "reset"]

    @Test(arguments: endings) func anAnswerCutAtAnyByteIsTheFallbacksOrAnError(_ ending: String) async throws {
        try await expectGoodForm(of: InjectedFault.cuts(ending == "close" ? .close : .reset, every: 7))
    }

    @Test func aStreamPartedAtAnyByteIsWhole() async throws {
        try await expectGoodForm(of: InjectedFault.splits(every: 5))
    }

    @Test func anAnswerOfAnyFormIsReadOrRefused() async throws { try await expectGoodForm(of: InjectedFault.odd) }

    private static let fallback = "Forty-two."

    /// Asks about each fault, and after each once more about nothing, which must be answered: the expert recovers.
    private func expectGoodForm(of faults: [InjectedFault]) async throws {
        let sick = try ScriptedSocketServer { request, _ in
            let isStream = request.text.contains(/"stream": ?true/)
            guard let number = Self.number(in: request.text), faults.indices.contains(number) else {
                return InjectedFault.sound(isStream: isStream)
            }
            return SocketReply(faults[number].steps)
        }
        let well = try ScriptedSocketServer { request, _ in .answer(Self.fallback, to: request) }
        let configuration = Configurations.experts(
            sick.url, well.url, clocks: "{connect: 60s, first_token: 60s, idle: 60s, total: 120s}"
        ).replacing("auto: {routing: first}", with: "auto: {routing: first, fallback: b}")
        let service = try await Service(Program(configuration: configuration))
        for (number, fault) in faults.enumerated() {
            let before = sick.requests.count + well.requests.count
            let (reading, trace) = try await Self.ask(service, number, isStream: fault.isStream)
            #expect(reading.flaws.isEmpty, "\(fault.name): \(reading.flaws)")
            #expect(Self.isRight(reading, for: fault), "\(fault.name): \(reading)")
            #expect(trace == sick.requests.count + well.requests.count - before, "\(fault.name): attempts")
            let (mended, _) = try await Self.ask(service, faults.count, isStream: fault.isStream)
            #expect(mended.text == InjectedFault.text, "after \(fault.name): \(mended)")
        }
        #expect(service.process.isRunning)
    }

    /// What the answer says, and how many attempts its trace has.
    private static func ask(_ service: Service, _ number: Int, isStream: Bool) async throws -> (ClientReading, Int) {
        let response = try await service.send(
            #"{"model":"auto","stream":\#(isStream),"messages":[{"role":"user","content":"case \#(number)."}]}"#)
        let isEvents = response.header("content-type") == "text/event-stream"
        let body = String(decoding: try await response.body.collect(upTo: 1 << 20), as: UTF8.self)
        let reading = ClientReading(status: response.status, isStream: isEvents, body: body)
        let (_, text) = try await service.get("/v1/traces/\(response.header("x-request-id") ?? "")")
        let trace = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        return (reading, (trace?["attempts"] as? [Any])?.count ?? -1)
    }

    private static func isRight(_ reading: ClientReading, for fault: InjectedFault) -> Bool {
        if reading.error != nil {
            // There was a fallback, so the error can only come after words.
            return fault.truth != .good && !reading.text.isEmpty && InjectedFault.text.hasPrefix(reading.text)
        }
        if reading.text == fallback { return fault.truth != .good }
        return fault.truth != .bad && reading.text == InjectedFault.text
    }

    private static func number(in text: String) -> Int? {
        guard let place = text.firstRange(of: "case ") else { return nil }
        return Int(text[place.upperBound...].prefix { $0.isNumber })
    }
}
