import Core
import Foundation

/// What `muster top` shows, as lines of text: built from two readings, drawn by others.
struct TopView {
    /// A line, and what it is for.
    struct Line: Equatable {
        enum Kind { case plain, heading, alarm }

        var text: String
        var kind = Kind.plain
    }

    /// Endpoints that ask nothing of an expert, those that this view itself reads among them.
    private static let quiet: Set = ["health", "metrics", "traces", "models", "none"]

    let address: String
    let before: TopReading
    let after: TopReading
    /// The calendar clock.
    let now: Timestamp

    private var change: FigureChange {
        FigureChange(
            before: before.figures, after: after.figures, seconds: (after.at.offset - before.at.offset).seconds)
    }

    private var figures: Figures { after.figures }

    /// Lines that fit so many columns.
    func lines(columns: Int) -> [Line] {
        var lines = [title, requests, latency, tokens, money, process, Line(text: "")]
        lines += experts(columns) + [Line(text: "")] + calls(columns)
        return lines.map { Line(text: String($0.text.prefix(columns)), kind: $0.kind) }
    }

    // MARK: The service

    private var title: Line {
        let version = figures.values(of: "version", in: "muster_build_info").first ?? ""
        let started = figures.sum("process_start_time_seconds")
        let up = started > 0 ? "   up \((Double(now.microseconds) / 1e6 - started).asDuration)" : ""
        return Line(
            text: "muster \(version)   \(address)   \(after.health.status)\(up)   \(now.asTimeOfDay) UTC",
            kind: after.health.status == "ok" ? .heading : .alarm)
    }

    private var requests: Line {
        let fits: ([String: String]) -> Bool = { !Self.quiet.contains($0["endpoint"] ?? "") }
        let rate = change.rate("muster_requests_total", where: fits)
        let failed = change.rate("muster_errors_total", where: fits)
        // The request for the figures is under way while they are read.
        let inFlight = max(0, figures.sum("muster_requests_in_flight") - 1)
        let share = rate > 0 ? " (\((min(1, failed / rate) * 100).decimals(1)) %)" : ""
        var text = "requests   \(rate.asRate)/s   in flight \(inFlight.decimals(0))   streams "
        text += figures.sum("muster_open_streams").decimals(0)
        if figures.has("muster_queue_length") { text += "   queue \(figures.sum("muster_queue_length").decimals(0))" }
        return Line(text: text + "   errors \(failed.asRate)/s\(share)", kind: failed > 0 ? .alarm : .plain)
    }

    private var latency: Line {
        let asked: ([String: String]) -> Bool = { !Self.quiet.contains($0["endpoint"] ?? "") }
        let first = "gen_ai_server_time_to_first_token_seconds"
        return Line(
            text: "latency    p50 \(time(change.quantile(0.5, of: "muster_request_seconds", where: asked)))   "
                + "p95 \(time(change.quantile(0.95, of: "muster_request_seconds", where: asked)))   first token "
                + "p50 \(time(change.quantile(0.5, of: first)))   p95 \(time(change.quantile(0.95, of: first)))")
    }

    private var tokens: Line {
        let input = change.rate("muster_expert_tokens_total") { $0["direction"] == "input" }
        let output = change.rate("muster_expert_tokens_total") { $0["direction"] == "output" }
        return Line(text: "tokens     in \(input.asRate)/s   out \(output.asRate)/s")
    }

    private var money: Line {
        let hourly = change.rate("muster_expert_dollars_total") * 3600
        let questions = change.growth("muster_questions_total")
        let calls = questions > 0 ? (change.growth("muster_upstream_requests_total") / questions).decimals(2) : "–"
        return Line(
            text: "cost       $\(hourly.decimals(2))/h   $\(figures.sum("muster_expert_dollars_total").decimals(4)) "
                + "in all   calls a question \(calls)")
    }

    private var process: Line {
        let memory = figures.sum("process_resident_memory_bytes") / 1_048_576
        let processor = change.rate("process_cpu_seconds_total") * 100
        let dropped = figures.sum("muster_traces_dropped_total")
        return Line(
            text: "process    \(memory.decimals(0)) MiB   cpu \(processor.decimals(0)) %   "
                + "\(figures.sum("process_open_fds").decimals(0)) files"
                + (dropped > 0 ? "   traces dropped \(dropped.decimals(0))" : ""),
            kind: dropped > 0 ? .alarm : .plain)
    }

    // MARK: Experts

    private func experts(_ columns: Int) -> [Line] {
        let sides: [TextTable.Side] = [.left, .left, .right, .right, .right, .right, .right, .right, .right]
        var table = TextTable(
            ["expert", "state", "now", "calls/s", "fail", "p50", "first", "tok/s", "$/h"], sides: sides)
        let width = max(8, columns - 60)
        for expert in after.health.experts { table.add(row(of: expert, width)) }
        return Self.marked(table.lines) { line, index in
            after.health.experts[index].state == "ready" ? .plain : .alarm
        }
    }

    private func row(of expert: TopReading.Health.Expert, _ width: Int) -> [String] {
        let isIts: ([String: String]) -> Bool = { $0["expert"] == expert.id }
        let isCalled: ([String: String]) -> Bool = { $0["muster_expert"] == expert.id }
        let calls = change.growth("muster_upstream_requests_total", where: isIts)
        let failed = change.growth("muster_upstream_requests_total") {
            isIts($0) && $0["outcome"] != CallOutcome.answered.name && $0["outcome"] != CallOutcome.abandoned.name
        }
        let output = change.rate("muster_expert_tokens_total") { isIts($0) && $0["direction"] == "output" }
        return [
            expert.id.onOneLine(upTo: width), expert.state,
            figures.sum("muster_expert_calls_in_flight", where: isIts).decimals(0),
            (calls / max(change.seconds, 0.001)).asRate,
            calls > 0 ? "\((failed / calls * 100).decimals(0)) %" : "–",
            time(change.quantile(0.5, of: "gen_ai_client_operation_duration_seconds", where: isCalled)),
            time(change.quantile(0.5, of: "gen_ai_client_operation_time_to_first_chunk_seconds", where: isCalled)),
            output.asRate, (change.rate("muster_expert_dollars_total", where: isIts) * 3600).decimals(2),
        ]
    }

    // MARK: Calls

    private func calls(_ columns: Int) -> [Line] {
        guard !after.calls.isEmpty else { return [Line(text: "no questions yet")] }
        var table = TextTable(
            ["at", "route", "experts", "outcome", "time", "tokens", "$"],
            sides: [.left, .left, .left, .left, .right, .right, .right])
        let width = max(10, columns - 67)
        for call in after.calls {
            var experts: [String] = []
            for seat in call.recruitment.seats where !experts.contains(seat.expert) { experts.append(seat.expert) }
            table.add([
                Timestamp(microseconds: call.at).asTimeOfDay, call.route.onOneLine(upTo: 13),
                experts.joined(separator: ",").onOneLine(upTo: width), call.outcome, call.seconds.asShortTime,
                String(call.usage.promptTokens + call.usage.completionTokens), call.dollars.decimals(6),
            ])
        }
        return Self.marked(table.lines) { _, index in
            ["failed", "client_gone"].contains(after.calls[index].outcome) ? .alarm : .plain
        }
    }

    /// The first line is a heading; of the others `kind` decides.
    private static func marked(_ lines: [String], _ kind: (String, Int) -> Line.Kind) -> [Line] {
        lines.enumerated().map { Line(text: $1, kind: $0 == 0 ? .heading : kind($1, $0 - 1)) }
    }

    private func time(_ seconds: Double?) -> String { seconds?.asShortTime ?? "–" }
}

extension Double {
    /// So many a second, as precise as is readable.
    fileprivate var asRate: String { self == 0 ? "0" : decimals(self < 10 ? 2 : self < 100 ? 1 : 0) }
}
