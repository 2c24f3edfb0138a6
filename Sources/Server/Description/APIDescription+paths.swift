extension APIDescription {
    private static let plain = "application/json"
    private static let events = "text/event-stream"
    private static let event = #"{"type":"object"}"#
    private static let anyText = #"{"type":"string"}"#

    /// Where answers are asked for.
    static let answerPaths: [String] = [chat, messages, countTokens, responses, embeddings, route]

    /// Where files and batches are kept.
    static let storePaths: [String] = [files, file, fileContent, batches, batch, cancelBatch]

    /// Where one sees what is there and what was decided.
    static let insightPaths: [String] = [models, model, traces, trace, feedback, health, metrics, document]

    private static let chat: String = path(
        "/v1/chat/completions",
        operation(
            "post", "createChatCompletion", "A question in OpenAI's format, answered whole or piece by piece.",
            body: [plain: reference("ChatRequest")],
            answers: [plain: reference("ChatCompletion"), events: event]))

    private static let messages: String = path(
        "/v1/messages",
        operation(
            "post", "createMessage", "A question in Anthropic's format, answered whole or piece by piece.",
            body: [plain: reference("MessagesRequest")], answers: [plain: reference("Message"), events: event],
            errors: reference("MessagesError")))

    private static let countTokens: String = path(
        "/v1/messages/count_tokens",
        operation(
            "post", "countTokens", "An estimate of a question's tokens.",
            body: [plain: reference("CountRequest")],
            answers: [
                plain:
                    #"{"type":"object","required":["input_tokens"],"properties":{"input_tokens":{"type":"integer","minimum":0}}}"#
            ], errors: reference("MessagesError")))

    private static let responses: String = path(
        "/v1/responses",
        operation(
            "post", "createResponse", "OpenAI's Responses API without memory.",
            body: [plain: reference("ResponsesRequest")],
            answers: [plain: reference("Response"), events: event]))

    private static let embeddings: String = path(
        "/v1/embeddings",
        operation(
            "post", "createEmbedding", "Texts as vectors.", body: [plain: reference("EmbeddingsRequest")],
            answers: [plain: reference("Embeddings")]))

    private static let route: String = path(
        "/v1/route",
        operation(
            "post", "decideRoute", "Who would be asked; nobody is.", body: [plain: reference("ChatRequest")],
            answers: [plain: reference("Trace")]))

    private static let files: String = path(
        "/v1/files",
        operation(
            "get", "listFiles", "All files, newest first.",
            parameters: [
                query("purpose", anyText), query("after", anyText),
                query("limit", #"{"type":"integer","minimum":1,"maximum":10000}"#),
            ], answers: [plain: list(of: "File")]),
        operation(
            "post", "uploadFile", "Puts questions here, one a line, as a form or as they are.",
            body: [
                "multipart/form-data":
                    #"{"type":"object","required":["purpose","file"],"properties":{"purpose":{"enum":["batch"]},"file":{"type":"string","format":"binary","minLength":1}}}"#,
                "application/jsonl": #"{"type":"string","minLength":1}"#,
            ], answers: [plain: reference("File")]))

    private static let file: String = path(
        "/v1/files/{id}",
        operation("get", "retrieveFile", "One file.", parameters: [id()], answers: [plain: reference("File")]),
        operation(
            "delete", "deleteFile", "Deletes a file.", parameters: [id()],
            answers: [
                plain:
                    #"{"type":"object","required":["id","object","deleted"],"properties":{"id":{"type":"string"},"object":{"const":"file"},"deleted":{"const":true}}}"#
            ]))

    private static let fileContent: String = path(
        "/v1/files/{id}/content",
        operation(
            "get", "readFile", "What is in a file.", parameters: [id()], answers: ["application/jsonl": anyText]))

    private static let batches: String = path(
        "/v1/batches",
        operation(
            "get", "listBatches", "All batches, newest first.",
            parameters: [
                query("after", anyText), query("limit", #"{"type":"integer","minimum":1,"maximum":100}"#),
            ], answers: [plain: list(of: "Batch")]),
        operation(
            "post", "createBatch", "Has the questions of a file answered in the background.",
            body: [plain: reference("BatchRequest")], answers: [plain: reference("Batch")]))

    private static let batch: String = path(
        "/v1/batches/{id}",
        operation("get", "retrieveBatch", "One batch.", parameters: [id()], answers: [plain: reference("Batch")]))

    private static let cancelBatch: String = path(
        "/v1/batches/{id}/cancel",
        operation(
            "post", "cancelBatch", "Gives up the lines that are not answered yet.", parameters: [id()],
            answers: [plain: reference("Batch")]))

    private static let models: String = path(
        "/v1/models",
        operation(
            "get", "listModels", "Every name that may stand in model.",
            answers: [
                plain:
                    #"{"type":"object","required":["object","data"],"properties":{"object":{"const":"list"},"data":{"type":"array","items":\#(reference("Model"))}}}"#
            ]))

    private static let model: String = path(
        "/v1/models/{id}",
        operation("get", "retrieveModel", "One of them.", parameters: [id()], answers: [plain: reference("Model")]))

    private static let traces: String = path(
        "/v1/traces",
        operation(
            "get", "listTraces", "The latest decisions, newest first.",
            parameters: [query("limit", #"{"type":"integer","minimum":1,"maximum":1000}"#)],
            answers: [
                plain:
                    #"{"type":"object","required":["object","data"],"properties":{"object":{"const":"list"},"data":{"type":"array","items":\#(reference("Trace"))}}}"#
            ]))

    private static let trace: String = path(
        "/v1/traces/{id}",
        operation("get", "retrieveTrace", "One decision.", parameters: [id()], answers: [plain: reference("Trace")]))

    private static let feedback: String = path(
        "/v1/feedback",
        operation(
            "post", "giveFeedback", "How good an earlier answer was.",
            body: [plain: reference("FeedbackRequest")],
            answers: [
                plain:
                    #"{"type":"object","required":["trace_id","score","at"],"properties":{"trace_id":{"type":"string"},"score":{"type":"number"}}}"#
            ]))

    private static let health: String = path(
        "/healthz",
        operation(
            "get", "health", "Whether a question could be answered now.", answers: [plain: reference("Health")],
            others: ["503": reference("Health")]))

    private static let metrics: String = path(
        "/metrics", operation("get", "metrics", "Figures for Prometheus.", answers: ["text/plain": anyText]))

    private static let document: String = path(
        "/openapi.json",
        operation("get", "describe", "This document.", answers: [plain: #"{"type":"object"}"#]))

    private static func list(of name: String) -> String {
        #"{"type":"object","required":["object","data","has_more"],"properties":{"object":{"const":"list"},"#
            + #""data":{"type":"array","items":\#(reference(name))},"has_more":{"type":"boolean"},"#
            + #""first_id":{"type":["string","null"]},"last_id":{"type":["string","null"]}}}"#
    }
}
