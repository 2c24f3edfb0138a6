import Core
import HTTPTypes

/// Answers one line of a batch as a live request would be, and writes its line of results.
struct BatchWork: Sendable {
    let embedders: EmbedderShelf
    let endpoint: String
    let batch: String

    /// A line of results: an answer with its status, or none.
    struct Result: Sendable {
        var line: [UInt8]
        var hasFailed: Bool
        /// What went wrong with the whole line; nil if it was answered.
        var fault: Fault?
    }

    /// - Throws: `CancellationError` only; everything else is a result.
    func result(of line: BatchLine, by service: any AnswerService) async throws -> Result {
        do {
            let (body, id) = try await body(for: line, by: service)
            return Result(line: text(line, status: 200, request: id, body: body), hasFailed: false)
        } catch let error as CancellationError {
            throw error
        } catch {
            let refusal = Refusal(any: error)
            let body = Array(ErrorEnvelope(refusal).json.utf8)
            return Result(
                line: text(line, status: refusal.status.code, request: "", body: body), hasFailed: true,
                fault: error as? Fault)
        }
    }

    private func body(
        for line: BatchLine, by service: any AnswerService
    ) async throws -> (bytes: [UInt8], request: String) {
        guard let (value, members) = try? JSONReader.readPlaces(line.body) else {
            throw Fault(.invalidRequest, "body", "it is not JSON", expected: "An object is expected")
        }
        if endpoint == "/v1/embeddings" {
            return (try await EmbeddingsAnswer(shelf: embedders).body(for: EmbeddingsRequest(value)), "")
        }
        let chat = try ChatRequest(RequestLimits.Body(value: value, bytes: line.body, members: members))
        guard !chat.isStreamed else {
            throw Fault(.unsupported, "stream", "an answer in a batch is not streamed", hint: "Leave it out")
        }
        let several = chat.count > 1 ? SeveralAnswers(chat, of: service) : nil
        let flow =
            if let several { try await several.flow() } else {
                try await service.answer(chat.question, model: chat.model, wishes: chat.wishes, delivery: .whole)
            }
        let (answer, trace) = try await flow.settled()
        let response = ChatResponse(
            answers: several?.answers ?? [answer], trace: trace, model: chat.model, showsTrace: chat.wantsTrace)
        return (try response.json(), trace.id)
    }

    private func text(_ line: BatchLine, status: Int, request: String, body: [UInt8]) -> [UInt8] {
        let head =
            #"{"id":"batch_req_\#(batch.dropFirst(6))_\#(line.index)","custom_id":\#(JSONText.quoted(line.customID)),"#
            + #""response":{"status_code":\#(status),"request_id":"\#(request)","body":"#
        // One line each: an expert's own bytes may be written over several.
        let flat = body.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        return Array(head.utf8) + flat + Array(#"},"error":null}"#.utf8)
    }

    /// The result of a line that nobody came to.
    static func unanswered(_ line: BatchLine, of batch: String, code: String, _ message: String) -> [UInt8] {
        let id = "batch_req_\(batch.dropFirst(6))_\(line.index)"
        return Array(
            (#"{"id":"\#(id)","custom_id":\#(JSONText.quoted(line.customID)),"response":null,"#
                + #""error":{"code":"\#(code)","message":\#(JSONText.quoted(message))}}"#).utf8)
    }
}
