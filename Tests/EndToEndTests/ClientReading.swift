import Foundation

/// An answer of the service as a client reads it that believes nothing: every break of a promise is a flaw.
struct ClientReading {
    private(set) var text = ""
    /// The code of the error that came in place of the answer, or after its beginning.
    private(set) var error: String?
    /// What is wrong with its form.
    private(set) var flaws: [String] = []
    private var finish: String?

    /// - Parameter isStream: whether it came as server-sent events.
    init(status: Int, isStream: Bool, body: String) {
        if isStream { readEvents(body) } else { readWhole(body, status) }
    }

    private mutating func readWhole(_ body: String, _ status: Int) {
        guard let value = Self.object(body) else { return flaws.append("no JSON: \(body)") }
        guard status == 200 else { return readError(value) }
        let choices = value["choices"] as? [[String: Any]] ?? []
        guard choices.count == 1, let message = choices[0]["message"] as? [String: Any],
            let text = message["content"] as? String, choices[0]["finish_reason"] is String
        else { return flaws.append("no answer: \(body)") }
        self.text = text
    }

    private mutating func readEvents(_ body: String) {
        var isOver = false
        if !body.hasSuffix("\n\n") { flaws.append("cut in the middle of an event") }
        for event in body.components(separatedBy: "\n\n").dropLast() where !event.hasPrefix(":") {
            if isOver { flaws.append("after the end: \(event)") }
            guard event.hasPrefix("data: "), !event.contains("\n") else {
                flaws.append("no event: \(event)")
                continue
            }
            let data = String(event.dropFirst("data: ".count))
            if data == "[DONE]" {
                isOver = true
                if finish == nil { flaws.append("no finish reason") }
                continue
            }
            guard let value = Self.object(data) else {
                flaws.append("no JSON: \(data)")
                continue
            }
            if value["error"] != nil {
                isOver = true
                readError(value)
            } else {
                readChunk(value)
            }
        }
        if !isOver { flaws.append("a silent cut after \"\(text)\"") }
    }

    private mutating func readChunk(_ value: [String: Any]) {
        for choice in value["choices"] as? [[String: Any]] ?? [] {
            let piece = (choice["delta"] as? [String: Any])?["content"] as? String ?? ""
            if finish != nil, !piece.isEmpty { flaws.append("words after the finish: \(piece)") }
            text += piece
            if let reason = choice["finish_reason"] as? String {
                if finish != nil { flaws.append("two finish reasons") }
                finish = reason
            }
        }
    }

    private mutating func readError(_ value: [String: Any]) {
        let told = value["error"] as? [String: Any] ?? [:]
        guard let message = told["message"] as? String, !message.isEmpty, told["type"] is String,
            let code = told["code"] as? String, told["param"] != nil
        else { return flaws.append("no error in OpenAI's shape: \(value)") }
        error = code
    }

    private static func object(_ text: String) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
    }
}
