import Core
import Server
import Testing

struct TraceCounterTests {
    private let answer = #"{gen_ai_operation_name="chat",gen_ai_provider_name="muster",gen_ai_request_model="auto"}"#
    private let card = ExpertCard(id: "general", kind: .anthropic, model: "claude")

    private func text(of traces: [Trace]) async -> String {
        let metrics = MetricRegistry()
        let counter = TraceCounter(metrics) { [card] in $0 == card.id ? card : nil }
        for trace in traces { counter.finished(trace) }
        return MetricText.of(await metrics.families(), as: .prometheus)
    }

    /// A question of 4 s: 1 s of deciding, then one call of 3 s whose first text came after 0.5 s, 11 tokens written:
    /// the first token after 4 − 3 + 0.5 = 1.5 s, and (3 − 0.5) / (11 − 1) = 0.25 s for each after it.
    @Test func aPassedOnAnswerHasItsPace() async {
        var trace = Samples.trace
        trace.outcome = .complete
        trace.seconds = 4
        trace.decisionSeconds = 1
        trace.attempts = [
            Attempt(
                expert: "general", role: .seat, seconds: 3, firstTextSeconds: 0.5,
                usage: Usage(promptTokens: 7, completionTokens: 11), dollars: 0.25, finish: .stop)
        ]
        let text = await text(of: [trace, trace])
        #expect(text.contains(#"muster_questions_total{route="auto",outcome="complete"} 2.0"#))
        #expect(text.contains("gen_ai_server_time_to_first_token_seconds_sum\(answer) 3.0"))
        #expect(text.contains("gen_ai_server_time_per_output_token_seconds_sum\(answer) 0.5"))
        #expect(text.contains(#"muster_expert_tokens_total{expert="general",direction="output"} 22.0"#))
        #expect(text.contains(#"muster_expert_dollars_total{expert="general"} 0.5"#))
        let call = #"gen_ai_provider_name="anthropic",gen_ai_request_model="claude",muster_expert="general""#
        #expect(
            text.contains(
                #"gen_ai_client_operation_duration_seconds_sum{gen_ai_operation_name="chat",\#(call),error_type=""} 6.0"#
            ))
        #expect(
            text.contains(
                #"gen_ai_client_token_usage_sum{gen_ai_operation_name="chat",\#(call),gen_ai_token_type="input"} 14.0"#)
        )
    }

    /// The second try answered: asked after 2 s, its first text came 0.25 s later. The third lost the race.
    @Test func ofSeveralTriesTheOneThatAnsweredHasThePace() async {
        var trace = Samples.trace
        trace.outcome = .complete
        trace.seconds = 4
        trace.attempts = [
            Attempt(
                expert: "general", role: .seat, seconds: 2, fault: Fault(.expertFailed, "general", "broke"),
                outcome: .failed, startSeconds: 0),
            Attempt(
                expert: "general", role: .seat, seconds: 2, firstTextSeconds: 0.25, finish: .stop, outcome: .answered,
                startSeconds: 2),
            Attempt(expert: "general", role: .seat, seconds: 1, outcome: .hedgeLost, startSeconds: 3),
            Attempt(expert: "general", role: .seat, seconds: 0, outcome: .refused, startSeconds: 3),
        ]
        let text = await text(of: [trace])
        #expect(text.contains("gen_ai_server_time_to_first_token_seconds_sum\(answer) 2.25\n"))
        let call = #"gen_ai_provider_name="anthropic",gen_ai_request_model="claude",muster_expert="general""#
        // What was never sent is no call.
        #expect(
            text.contains(
                #"operation_duration_seconds_count{gen_ai_operation_name="chat",\#(call),error_type=""} 2"#))
    }

    @Test func aVoteIsThereWhenItIsOver() async {
        var trace = Samples.trace
        trace.outcome = .complete
        trace.seconds = 4
        trace.verdict = Verdict(method: "vote", expert: "general", ballots: [], agreement: 1)
        trace.attempts = [Attempt(expert: "general", role: .seat, seconds: 3, firstTextSeconds: 0.5, finish: .stop)]
        let text = await text(of: [trace])
        #expect(text.contains("gen_ai_server_time_to_first_token_seconds_sum\(answer) 4.0\n"))
        #expect(text.contains("gen_ai_server_time_per_output_token_seconds_count\(answer) 0\n"))
    }

    @Test func aFailureIsCountedByItsCode() async {
        var trace = Samples.trace
        trace.outcome = .failed
        trace.attempts = [
            Attempt(expert: "gone", role: .seat, seconds: 1, fault: Fault(.expertTimedOut, "gone", "took too long"))
        ]
        let text = await text(of: [trace])
        #expect(text.contains(#"outcome="failed"} 1.0"#))
        #expect(text.contains(#"gen_ai_request_model="gone",muster_expert="gone",error_type="expert_timed_out""#))
        #expect(text.contains("gen_ai_server_time_to_first_token_seconds_count\(answer) 0\n"))
    }
}
