import Core
import Support
import Synchronization
import Testing

/// Streams of several answers (`n`).
@Suite(.timeLimit(.minutes(1)))
struct SeveralStreamsTests {
    /// Each answer says its number in two words; the first is told to wait between them.
    private final class Chorus: AnswerService {
        private let latch: Latch
        private let failing: Int?
        /// Open once the first answer waits.
        private let firstWaits = Latch()
        private let left = Mutex(0)

        init(latch: Latch = Latch(), failing: Int? = nil) {
            self.latch = latch
            self.failing = failing
        }

        /// Answers that were cancelled while they waited.
        var cancellations: Int { left.withLock { $0 } }

        func models() -> [ModelListing] { Samples.models }
        func health() async -> [(expert: ExpertID, health: ExpertHealth)] { [] }
        func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace { Samples.trace }

        func answer(
            _ question: Question, model: String, wishes: Wishes, delivery: Delivery
        ) async throws -> AnswerFlow {
            // The seed tells the answers apart.
            let number = (question.sampling.seed ?? 0) - 100
            let step = Mutex(0)
            return AnswerFlow(decided: Samples.trace) { [self] in
                let place = step.withLock { step in
                    defer { step += 1 }
                    return step
                }
                if place == 1, number == failing {
                    try await firstWaits.wait()
                    throw Fault(.expertFailed, "general", "broke off")
                }
                if place == 1, number == 0 {
                    firstWaits.open()
                    do { try await latch.wait() } catch {
                        left.withLock { $0 += 1 }
                        throw error
                    }
                }
                switch place {
                case 0: return .piece(.text("first\(number) "))
                case 1: return .piece(.text("second\(number)"))
                case 2:
                    return .settled(
                        Answer(
                            expert: "general", text: "first\(number) second\(number)",
                            usage: Usage(promptTokens: 5, completionTokens: 2)), Samples.trace)
                default: return nil
                }
            }
        }
    }

    private static let body = Samples.chat(
        #""stream": true, "n": 3, "seed": 100, "stream_options": {"include_usage": true}"#)

    /// The events of a stream, without the last mark.
    private func events(_ body: String) throws -> [JSONValue] {
        try body.split(separator: "\n\n").filter { $0.hasPrefix("data: {") }.map {
            try JSONReader.read(Array($0.dropFirst(6).utf8))
        }
    }

    @Test func everyAnswerComesUnderItsNumberAndIsWhole() async throws {
        let latch = Latch()
        latch.open()
        let reply = try await FrontDoor(answering: Chorus(latch: latch)).chat(Self.body)
        #expect(reply.status == 200 && reply.body.hasSuffix("data: [DONE]\n\n"))
        var texts: [Int: String] = [:]
        var roles: [Int] = []
        var ends: [Int] = []
        for event in try events(reply.body) {
            guard let choice = event["choices"]?.elements?.first, let index = choice["index"]?.whole else { continue }
            if choice["delta"]?["role"] != nil { roles.append(index) }
            texts[index, default: ""] += choice["delta"]?["content"]?.text ?? ""
            if choice["finish_reason"]?.text == "stop" { ends.append(index) }
        }
        #expect(texts == [0: "first0 second0", 1: "first1 second1", 2: "first2 second2"])
        #expect(roles.sorted() == [0, 1, 2] && ends.sorted() == [0, 1, 2])
        let last = try #require(try events(reply.body).last)
        #expect(last["choices"] == .array([]) && last["usage"]?["total_tokens"]?.whole == 21)
    }

    @Test func aSlowAnswerDoesNotHoldUpTheOthers() async throws {
        let latch = Latch()
        try await LoopbackServer.serving(answering: Chorus(latch: latch)) { server in
            let client = try server.connect()
            try await client.post("/v1/chat/completions", Self.body, headers: "Connection: close\r\n")
            _ = try await client.receive(until: "second1")
            let soFar = try await client.receive(until: "second2")
            #expect(!soFar.contains("second0"))
            latch.open()
            #expect(try await client.receiveAll().contains("second0"))
        }
    }

    @Test func oneThatFailsEndsThemAllWithAnErrorAndHangsUpOnTheRest() async throws {
        let chorus = Chorus(failing: 1)
        let reply = try await FrontDoor(answering: chorus).chat(Self.body)
        #expect(reply.status == 200 && !reply.body.contains("[DONE]"))
        #expect(reply.body.contains("broke off"))
        try await eventually { chorus.cancellations == 1 }
    }
}
