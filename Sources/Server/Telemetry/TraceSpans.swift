package import Core

/// A finished trace as spans: the question, its decision, and each call to an expert; in the words of OpenTelemetry's
/// conventions for generative AI, our own under `muster.`. Not a word of what was asked or answered is in them: of
/// faults there is the code alone, since a server's complaint may repeat what it was sent.
package struct TraceSpans: Sendable {
    private let card: @Sendable (ExpertID) -> ExpertCard?

    /// - Parameter card: what is known of an expert; nil for one that is gone.
    package init(card: @escaping @Sendable (ExpertID) -> ExpertCard?) { self.card = card }

    /// The question's span first. None for a trace that its caller does not want recorded.
    package func of(_ trace: Trace) -> [Span] {
        guard let place = trace.span, place.isSampled else { return [] }
        let start = trace.at.microseconds * 1000 - Self.nanoseconds(trace.decisionSeconds)
        let moments = Moments(start: start, trace: trace)
        return [question(trace, place, moments), decision(trace, place, moments)]
            + trace.attempts.enumerated().filter(\.element.isCall).map { call($1, number: $0, place, moments) }
    }

    private func question(_ trace: Trace, _ place: TraceParent, _ moments: Moments) -> Span {
        let failure = TraceCounter.failure(of: trace)
        var attributes: [(String, Span.Value)] = [
            ("gen_ai.operation.name", .text(TraceCounter.operation)),
            ("gen_ai.provider.name", .text(TraceCounter.provider)),
            ("gen_ai.request.model", .text(trace.route)), ("gen_ai.response.id", .text("chatcmpl-" + trace.id)),
            ("gen_ai.usage.input_tokens", .whole(trace.usage.promptTokens)),
            ("gen_ai.usage.output_tokens", .whole(trace.usage.completionTokens)),
            ("muster.trace.id", .text(trace.id)), ("muster.outcome", .text(trace.outcome.rawValue)),
            ("muster.dollars", .number(trace.dollars)),
        ]
        if let expert = trace.verdict?.expert { attributes.append(("gen_ai.response.model", .text(expert.rawValue))) }
        if let id = trace.requestID { attributes.append(("muster.request.id", .text(id))) }
        if let pace = AnswerPace(of: trace) {
            attributes.append(("gen_ai.response.time_to_first_chunk", .number(pace.firstText)))
        }
        if !failure.isEmpty { attributes.append(("error.type", .text(failure))) }
        return Span(
            traceID: place.traceID, spanID: place.spanID, parentID: trace.parent?.spanID,
            name: "\(TraceCounter.operation) \(trace.route)", kind: .server, start: moments.start, end: moments.end,
            attributes: attributes, failure: failure.isEmpty ? nil : failure)
    }

    private func decision(_ trace: Trace, _ place: TraceParent, _ moments: Moments) -> Span {
        let recruitment = trace.recruitment
        return Span(
            traceID: place.traceID, spanID: Self.childID(of: place, 0), parentID: place.spanID,
            name: "decide \(trace.route)", kind: .inside, start: moments.start, end: moments.decided,
            attributes: [
                ("muster.annotator", .text(trace.need.annotator)),
                ("muster.skills", .texts(trace.need.skills.map(\.rawValue))),
                ("muster.strategy", .text(recruitment.strategy)),
                ("muster.experts", .texts(recruitment.seats.map(\.expert.rawValue))),
                ("muster.excluded", .texts(recruitment.excluded.map(\.expert.rawValue))),
                ("muster.seed", .whole(Int(clamping: recruitment.seed))),
            ])
    }

    private func call(_ attempt: Attempt, number: Int, _ place: TraceParent, _ moments: Moments) -> Span {
        let card = card(attempt.expert)
        let model = card.map { $0.model.isEmpty ? $0.id.rawValue : $0.model } ?? attempt.expert.rawValue
        var attributes: [(String, Span.Value)] = [
            ("gen_ai.operation.name", .text(TraceCounter.operation)),
            ("gen_ai.provider.name", .text(ProviderName.of(card?.kind))),
            ("gen_ai.request.model", .text(model)),
            ("gen_ai.usage.input_tokens", .whole(attempt.usage.promptTokens)),
            ("gen_ai.usage.output_tokens", .whole(attempt.usage.completionTokens)),
            ("muster.expert", .text(attempt.expert.rawValue)), ("muster.role", .text(attempt.role.rawValue)),
            ("muster.dollars", .number(attempt.dollars)),
        ]
        if let reason = attempt.reason { attributes.append(("muster.reason", .text(reason.rawValue))) }
        if let clock = attempt.clock { attributes.append(("muster.clock", .text(clock.rawValue))) }
        if let status = attempt.status { attributes.append(("http.response.status_code", .whole(status))) }
        if let cached = attempt.usage.cachedTokens {
            attributes.append(("gen_ai.usage.cache_read.input_tokens", .whole(cached)))
        }
        if let first = attempt.firstTextSeconds {
            attributes.append(("gen_ai.response.time_to_first_chunk", .number(first)))
        }
        if let finish = attempt.finish {
            attributes.append(("gen_ai.response.finish_reasons", .texts([finish.rawValue])))
        }
        if let fault = attempt.fault { attributes.append(("error.type", .text(fault.code.rawValue))) }
        let (start, end) = moments.span(of: attempt)
        return Span(
            traceID: place.traceID, spanID: Self.childID(of: place, number + 1), parentID: place.spanID,
            name: "\(TraceCounter.operation) \(model)", kind: .client, start: start, end: end,
            attributes: attributes, failure: attempt.fault?.code.rawValue)
    }

    /// Always the same for the same place, and hardly ever the same for two.
    private static func childID(of place: TraceParent, _ number: Int) -> String {
        let parent = UInt64(place.spanID, radix: 16) ?? 1
        return max(1, SeededRandom.derived(from: parent, index: UInt64(number))).paddedHex
    }

    static func nanoseconds(_ seconds: Double) -> Int64 {
        seconds.isFinite ? Int64(max(0, min(seconds, 1e9)) * 1e9) : 0
    }

    /// When things happened. Traces of earlier versions have durations alone: their seats were asked when the decision
    /// stood, whoever stepped in or wrote was asked last.
    private struct Moments {
        var start: Int64
        var decided: Int64
        var end: Int64

        init(start: Int64, trace: Trace) {
            self.start = start
            decided = start + nanoseconds(trace.decisionSeconds)
            end = max(decided, start + nanoseconds(trace.seconds))
        }

        func span(of attempt: Attempt) -> (start: Int64, end: Int64) {
            if let offset = attempt.startSeconds {
                let begin = min(start + nanoseconds(offset), end)
                return (begin, min(begin + nanoseconds(attempt.seconds), end))
            }
            let length = min(nanoseconds(attempt.seconds), end - decided)
            return attempt.role == .seat ? (decided, decided + length) : (end - length, end)
        }
    }
}
