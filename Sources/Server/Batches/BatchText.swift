import Core

/// Writes a batch in OpenAI's shape.
enum BatchText {
    static func json(_ batch: Batch) -> String {
        func moment(_ status: Batch.Status) -> JSONValue {
            batch.reached[status.rawValue].map { .integer($0.seconds) } ?? .null
        }
        let problems: [JSONValue] = batch.problems.map { problem in
            .object([
                "code": .string(problem.code), "message": .string(problem.message), "param": .null,
                "line": problem.line.map(JSONValue.integer) ?? .null,
            ])
        }
        return JSONText.of(
            .object([
                "id": .string(batch.id), "object": .string("batch"), "endpoint": .string(batch.endpoint),
                "errors": problems.isEmpty
                    ? .null : .object(["object": .string("list"), "data": .array(problems)]),
                "input_file_id": .string(batch.inputFile), "completion_window": .string(batch.window),
                "status": .string(batch.status.rawValue),
                "output_file_id": batch.outputFile.map(JSONValue.string) ?? .null,
                "error_file_id": batch.errorFile.map(JSONValue.string) ?? .null,
                "created_at": .integer(batch.createdAt.seconds), "in_progress_at": moment(.inProgress),
                "expires_at": .integer(batch.expiresAt.seconds), "finalizing_at": moment(.finalizing),
                "completed_at": moment(.completed), "failed_at": moment(.failed), "expired_at": moment(.expired),
                "cancelling_at": moment(.cancelling), "cancelled_at": moment(.cancelled),
                "request_counts": .object([
                    "total": .integer(batch.counts.total), "completed": .integer(batch.counts.completed),
                    "failed": .integer(batch.counts.failed),
                ]),
                "metadata": batch.metadata.isEmpty ? .null : .object(batch.metadata.mapValues(JSONValue.string)),
            ]))
    }
}
