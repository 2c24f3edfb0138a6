import Core
import Foundation
import Logging
import Server
import Settings
import Transport

/// The OpenTelemetry collector that finished traces go to: as configured, else as the standard's environment variables
/// say (opentelemetry.io/docs/specs/otel/protocol/exporter).
struct Collector: Sendable {
    /// The address that takes traces.
    let url: String
    let headers: [(name: String, value: String)]
    let service: String

    /// Nil if no collector is named.
    init?(_ settings: TelemetrySettings, environment: [String: String]) {
        let variable = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard variable("OTEL_SDK_DISABLED")?.lowercased() != "true" else { return nil }
        if let otlp = settings.otlp ?? variable("OTEL_EXPORTER_OTLP_ENDPOINT"),
            settings.otlp != nil || variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == nil
        {
            url = (otlp.hasSuffix("/") ? String(otlp.dropLast()) : otlp) + "/v1/traces"
        } else if let whole = variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
            url = whole
        } else {
            return nil
        }
        let own = settings.headers.map { ($0.name, $0.value.reveal()) }
        headers = own.isEmpty ? Self.pairs(variable("OTEL_EXPORTER_OTLP_HEADERS") ?? "") : own
        service = settings.serviceName ?? variable("OTEL_SERVICE_NAME") ?? "muster"
    }

    /// `name=value,name=value`, as W3C's baggage is written.
    private static func pairs(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: ",").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 2, !parts[0].isEmpty else { return nil }
            return (parts[0], parts[1].removingPercentEncoding ?? parts[1])
        }
    }

    /// Everything that is sent there.
    func export(
        transport: HTTPTransport, time: TimeSource, card: @escaping @Sendable (ExpertID) -> ExpertCard?
    ) -> SpanExport {
        SpanExport(card: card, service: service, version: Muster.version, time: time) { body in
            await send(body, over: transport)
        } report: {
            Output.remark("muster: telemetry: \($0)", level: .warning)
        }
    }

    private func send(_ body: String, over transport: HTTPTransport) async -> SpanExport.Reply {
        let clocks = HTTPClocks(
            connect: .seconds(3), firstByte: .seconds(10), idle: .seconds(10), total: .seconds(15))
        let request = HTTPRequest(
            method: "POST", url: url,
            headers: [("Content-Type", "application/json"), ("User-Agent", "muster/\(Muster.version)")] + headers,
            body: Array(body.utf8), clocks: clocks)
        do {
            let response = try await transport.send(request)
            _ = try? await response.body.collect(upTo: 64 << 10)
            switch response.status {
            case 200..<300: return .taken
            // What the standard lets be tried again.
            case 429, 502, 503, 504: return .busy("\(url) answered \(response.status)")
            default: return .refused("\(url) answered \(response.status)")
            }
        } catch {
            return .busy("\(url) cannot be reached (\(error))")
        }
    }
}
