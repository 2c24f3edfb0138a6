import Core
import Hummingbird

/// `GET /insight/traces/{id}`: one trace with what people thought of the answer.
struct TraceStory: Sendable {
    let store: any InsightStore
    let traces: any TraceStore

    private struct Story: Encodable {
        var trace: Trace
        var feedback: Feedback?
    }

    func respond(_ id: String) async throws -> Response {
        guard id.utf8.count <= RequestOrigin.longestID, let trace = try await traces.trace(id) else {
            throw Refusal(
                .notFound, code: "trace_not_found",
                "There is no trace \"\(id.prefix(64))\". GET /insight/traces lists them; old ones are deleted.",
                param: "id")
        }
        return .json(try JSONText.of(Story(trace: trace, feedback: try await store.feedback(on: trace.id))))
    }
}
