import Core
import Foundation
import Server
import Support
import Testing

struct TraceSpansTests {
    private let spans = TraceSpans { id in ExpertCard(id: id, kind: .openai, model: "qwen") }

    /// Decided at `ManualTime.start` after 1 s, over after 4 s; two seats of 2 s, a synthesis of the last second.
    private var trace: Trace {
        var trace = Samples.trace
        trace.decisionSeconds = 1
        trace.seconds = 4
        trace.outcome = .complete
        trace.text = "my secret diary"
        trace.attempts = [
            Attempt(
                expert: "a", role: .seat, seconds: 2, firstTextSeconds: 0.5,
                usage: Usage(promptTokens: 7, completionTokens: 3), finish: .stop, answer: "my secret answer"),
            Attempt(
                expert: "b", role: .seat, seconds: 2,
                fault: Fault(.expertRefused, "b", "it said: my secret diary is refused")),
            Attempt(expert: "a", role: .synthesis, seconds: 1, finish: .stop),
        ]
        return trace
    }

    @Test func aQuestionHasADecisionAndItsCallsBelowIt() {
        let all = spans.of(trace)
        #expect(all.map(\.name) == ["chat auto", "decide auto", "chat qwen", "chat qwen", "chat qwen"])
        #expect(all.map(\.kind) == [.server, .inside, .client, .client, .client])
        #expect(Set(all.map(\.traceID)) == [trace.id])
        #expect(Set(all.map(\.spanID)).count == 5)
        #expect(all[0].parentID == nil)
        #expect(all.dropFirst().allSatisfy { $0.parentID == all[0].spanID })
    }

    @Test func timesFollowFromTheDurations() {
        let second: Int64 = 1_000_000_000
        let start = ManualTime.start.microseconds * 1000 - second
        let times = spans.of(trace).map { [$0.start - start, $0.end - start].map { $0 / second } }
        #expect(times == [[0, 4], [0, 1], [1, 3], [1, 3], [3, 4]])
    }

    @Test func anAttemptBeganWhenTheLedgerSaysSo() {
        var trace = trace
        trace.attempts[1].startSeconds = 1.5
        trace.attempts[1].reason = .retry
        trace.attempts[1].clock = .idle
        trace.attempts[1].status = 502
        trace.attempts[2].outcome = .refused
        let calls = spans.of(trace).filter { $0.kind == .client }
        let start = ManualTime.start.microseconds * 1000 - 1_000_000_000
        // The third was never sent.
        #expect(calls.map { $0.start - start } == [1_000_000_000, 1_500_000_000])
        #expect(calls[1].end - calls[1].start == 2_000_000_000)
        #expect(calls[1]["muster.reason"] == .text("retry") && calls[1]["muster.clock"] == .text("idle"))
        #expect(calls[1]["http.response.status_code"] == .whole(502))
    }

    @Test func aFailureIsItsCodeAndNoMore() {
        let call = spans.of(trace)[3]
        #expect(call.failure == "expert_refused")
        #expect(call["error.type"] == .text("expert_refused"))
        #expect(spans.of(trace)[2].failure == nil)
    }

    @Test func speaksTheFieldsWords() {
        let call = spans.of(trace)[2]
        #expect(call["gen_ai.operation.name"] == .text("chat"))
        #expect(call["gen_ai.provider.name"] == .text("openai"))
        #expect(call["gen_ai.request.model"] == .text("qwen"))
        #expect(call["gen_ai.usage.input_tokens"] == .whole(7))
        #expect(call["gen_ai.response.finish_reasons"] == .texts(["stop"]))
        #expect(call["muster.expert"] == .text("a"))
    }

    @Test func noWordOfQuestionsAnswersOrComplaintsIsIn() {
        let json = SpanRequest.json(spans.of(trace), service: "muster", version: "1")
        #expect(!json.contains("secret"))
    }

    @Test func aCallersTraceGoesOn() throws {
        var trace = trace
        trace.parent = TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        let question = try #require(spans.of(trace).first)
        #expect(question.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(question.parentID == "b7ad6b7169203331")
    }

    @Test func whatTheCallerDoesNotRecordIsNotRecordedHere() {
        var trace = trace
        trace.parent = TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
        #expect(spans.of(trace).isEmpty)
    }

    @Test func theRequestIsJSONAsTheProtocolWantsIt() throws {
        let json = SpanRequest.json(spans.of(trace), service: "my \"service\"", version: "1.2")
        let body = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        let resource = body["resourceSpans"]?.elements?.first
        let name = resource?["resource"]?["attributes"]?.elements?.first
        #expect(name?["key"]?.text == "service.name" && name?["value"]?["stringValue"]?.text == "my \"service\"")
        let first = resource?["scopeSpans"]?.elements?.first?["spans"]?.elements?.first
        #expect(first?["traceId"]?.text == trace.id)
        // 64-bit numbers are text, kinds are numbers.
        #expect(first?["startTimeUnixNano"]?.text == "1699999999000000000")
        #expect(first?["kind"]?.whole == 2)
    }
}
