/// One stretch of work within a trace, as OpenTelemetry has it.
package struct Span: Sendable {
    package enum Kind: Int, Sendable, Hashable {
        // The numbers are those of opentelemetry.proto.trace.v1.Span.SpanKind.
        case inside = 1
        case server = 2
        case client = 3
    }

    package enum Value: Sendable, Hashable {
        case text(String)
        case whole(Int)
        case number(Double)
        case texts([String])
    }

    package var traceID: String
    package var spanID: String
    /// Nil for the first span of a trace.
    package var parentID: String?
    package var name: String
    package var kind: Kind
    /// In nanoseconds since 1970.
    package var start: Int64
    package var end: Int64
    package var attributes: [(name: String, value: Value)]
    /// What went wrong, as a code; nil if nothing did.
    package var failure: String?

    /// The value of an attribute; nil if it is not there.
    package subscript(name: String) -> Value? { attributes.first { $0.name == name }?.value }
}
