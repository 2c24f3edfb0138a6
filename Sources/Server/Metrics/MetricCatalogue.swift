/// Every metric of our own: `gen_ai_*` as OpenTelemetry names it (semantic conventions for generative AI), the rest
/// under our own name. Seconds, bytes, dollars: base units alone.
extension Metric {
    /// Bounds in seconds, two to each doubling: half a millisecond to thirteen minutes.
    static let durations = (0..<21).flatMap { [0.0005 * Double(1 << $0), 0.00075 * Double(1 << $0)] }
    /// OpenTelemetry's bounds for the duration of a call, in seconds.
    static let callDurations = (0..<14).map { 0.01 * Double(1 << $0) }
    /// OpenTelemetry's bounds for the time to the first token, in seconds.
    static let firstTokenDurations = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 600,
    ]
    /// OpenTelemetry's bounds for the time that one token takes, in seconds.
    static let tokenDurations = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5]
    /// OpenTelemetry's bounds for tokens, which suit sizes in general.
    static let sizes = (0..<14).map { Double(1 << (2 * $0)) }

    // Requests of clients
    static let requests = Metric(
        "muster_requests", .counter, "Requests that were answered, refusals included.", labels: ["endpoint", "status"])
    static let requestSeconds = Metric(
        "muster_request_seconds", .histogram(durations), "From a request's head to the last byte of its answer.",
        labels: ["endpoint"])
    static let errors = Metric(
        "muster_errors", .counter, "Requests that failed, also after their first byte, by the code that clients see.",
        labels: ["endpoint", "code"])
    static let requestsInFlight = Metric("muster_requests_in_flight", .gauge, "Requests being answered now.")
    static let openStreams = Metric("muster_open_streams", .gauge, "Answers being streamed now.")

    // Questions
    static let questions = Metric(
        "muster_questions", .counter, "Questions that came to an end, by how they did.", labels: ["route", "outcome"])
    static let decisionSeconds = Metric(
        "muster_decision_seconds", .histogram(durations),
        "Deciding who is asked, annotation included; what Muster itself adds before experts are called.",
        labels: ["route"])

    // Experts
    static let upstreamRequests = Metric(
        "muster_upstream_requests", .counter,
        "Calls to experts, each try on its own; divided by muster_questions_total it is the retry amplification.",
        labels: ["expert", "outcome"])
    static let callsInFlight = Metric(
        "muster_expert_calls_in_flight", .gauge, "Calls under way at an expert now.", labels: ["expert"])
    static let expertState = Metric(
        "muster_expert_state", .gauge, "0 ready, 1 resting after failures, 2 unusable as configured.",
        labels: ["expert"])
    static let expertTokens = Metric(
        "muster_expert_tokens", .counter, "Tokens that an expert read (input) and wrote (output).",
        labels: ["expert", "direction"])
    static let expertDollars = Metric(
        "muster_expert_dollars", .counter, "What an expert's answers cost by the configured prices.",
        labels: ["expert"])

    static let canaryShare = Metric(
        "muster_canary_right_share", .gauge, "The share of canaries answered rightly, when an expert began and now.",
        labels: ["expert", "skill", "when"])
    static let demoted = Metric(
        "muster_expert_demoted", .gauge, "1 where an expert is not recruited because its canaries fell, else 0.",
        labels: ["expert", "skill"])

    package static let shadowAnswers = Metric(
        "muster_shadow_answers", .counter, "What second experts said off the path of questions.",
        labels: ["expert", "outcome"])

    // The field's own: calls from Muster to experts
    private static let callLabels = [
        "gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "muster_expert", "error_type",
    ]
    static let callSeconds = Metric(
        "gen_ai_client_operation_duration_seconds", .histogram(callDurations), "One call to an expert.",
        labels: callLabels)
    static let callFirstToken = Metric(
        "gen_ai_client_operation_time_to_first_chunk_seconds", .histogram(firstTokenDurations),
        "From asking an expert to its first piece of text.", labels: callLabels)
    static let callTokens = Metric(
        "gen_ai_client_token_usage", .histogram(sizes), "Tokens of one call to an expert.",
        labels: [
            "gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "muster_expert",
            "gen_ai_token_type",
        ])

    // The field's own: answers from Muster to its clients
    private static let answerLabels = ["gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"]
    static let answerSeconds = Metric(
        "gen_ai_server_request_duration_seconds", .histogram(callDurations), "One question, from first to last.",
        labels: answerLabels + ["error_type"])
    static let answerFirstToken = Metric(
        "gen_ai_server_time_to_first_token_seconds", .histogram(firstTokenDurations),
        "From a question to the first piece of its answer's text.", labels: answerLabels)
    static let answerTokenSeconds = Metric(
        "gen_ai_server_time_per_output_token_seconds", .histogram(tokenDurations),
        "Time for each token of an answer after its first.", labels: answerLabels)

    // This process
    static let seriesFolded = Metric(
        "muster_metric_series_folded", .counter, "Values counted under other, for want of room for more labels.")
    static let buildInfo = Metric("muster_build_info", .gauge, "Always 1.", labels: ["version"])
    static let residentMemory = Metric("process_resident_memory_bytes", .gauge, "Memory in use.")
    static let virtualMemory = Metric("process_virtual_memory_bytes", .gauge, "Memory reserved.")
    static let processorSeconds = Metric("process_cpu_seconds", .counter, "Processor time, user and system.")
    static let openFiles = Metric("process_open_fds", .gauge, "Open files and sockets.")
    static let mostFiles = Metric("process_max_fds", .gauge, "The most that may be open.")
    static let startTime = Metric("process_start_time_seconds", .gauge, "When this process began, since 1970.")

    /// All of them, for the manual.
    package static let catalogue = [
        requests, requestSeconds, errors, requestsInFlight, openStreams, questions, decisionSeconds, upstreamRequests,
        callsInFlight, expertState, expertTokens, expertDollars, canaryShare, demoted, shadowAnswers,
        callSeconds, callFirstToken, callTokens, answerSeconds,
        answerFirstToken, answerTokenSeconds, seriesFolded, buildInfo, residentMemory, virtualMemory, processorSeconds,
        openFiles, mostFiles, startTime,
    ]
}
