import Core

/// Spans in the JSON of OTLP/HTTP: `ExportTraceServiceRequest` of opentelemetry-proto, ids in hexadecimal and whole
/// numbers of 64 bits as text (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding").
package enum SpanRequest {
    /// - Parameters:
    ///   - service: `service.name`, by which a collector tells programs apart.
    ///   - version: `service.version`.
    package static func json(_ spans: [Span], service: String, version: String) -> String {
        let resource = attributes([("service.name", .text(service)), ("service.version", .text(version))])
        let scope = #"{"name":"muster","version":\#(JSONText.quoted(version))}"#
        return #"{"resourceSpans":[{"resource":{"attributes":\#(resource)},"#
            + #""scopeSpans":[{"scope":\#(scope),"spans":[\#(spans.map(json).joined(separator: ","))]}]}]}"#
    }

    private static func json(_ span: Span) -> String {
        var members = [
            #""traceId":"\#(span.traceID)""#, #""spanId":"\#(span.spanID)""#,
            #""name":\#(JSONText.quoted(span.name))"#, #""kind":\#(span.kind.rawValue)"#,
            #""startTimeUnixNano":"\#(span.start)""#, #""endTimeUnixNano":"\#(span.end)""#,
            #""attributes":\#(attributes(span.attributes))"#,
        ]
        if let parent = span.parentID { members.append(#""parentSpanId":"\#(parent)""#) }
        // 2 is STATUS_CODE_ERROR; a span without a word on it is unset, as the conventions want it.
        if let failure = span.failure {
            members.append(#""status":{"code":2,"message":\#(JSONText.quoted(failure))}"#)
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static func attributes(_ attributes: [(name: String, value: Span.Value)]) -> String {
        "["
            + attributes.map { #"{"key":\#(JSONText.quoted($0.name)),"value":\#(json($0.value))}"# }
            .joined(separator: ",") + "]"
    }

    private static func json(_ value: Span.Value) -> String {
        switch value {
        case .text(let text): #"{"stringValue":\#(JSONText.quoted(text))}"#
        case .whole(let number): #"{"intValue":"\#(number)"}"#
        // JSON has no word for what is not a number.
        case .number(let number): #"{"doubleValue":\#(number.isFinite ? number : 0)}"#
        case .texts(let texts):
            #"{"arrayValue":{"values":[\#(texts.map { json(.text($0)) }.joined(separator: ","))]}}"#
        }
    }
}
