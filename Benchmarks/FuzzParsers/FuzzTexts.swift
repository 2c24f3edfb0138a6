import Core
import Foundation
import Settings
import Wires

/// Texts that are read as one: JSON from clients, settings, headers.
enum FuzzTexts {
    /// What was read can be written and read again; from then on nothing changes.
    static func json(_ bytes: [UInt8]) {
        guard var value = try? JSONReader.read(bytes) else { return }
        var texts: [[UInt8]] = []
        for _ in 0..<3 {
            guard let text = try? value.bytes() else { return law(false, "what was read can be written") }
            guard let again = try? JSONReader.read(text) else {
                return law(false, "what was written can be read: \(String(decoding: text.prefix(200), as: UTF8.self))")
            }
            texts.append(text)
            value = again
        }
        // The first time `-0.0` becomes `-0`, which is 0.
        law(texts[1] == texts[2], "reading what was written changes nothing")
    }

    static func request(_ bytes: [UInt8]) {
        guard let value = try? JSONReader.read(bytes) else { return }
        do {
            let chat = try ChatRequest(value)
            law(!chat.model.isEmpty, "a question is for somebody")
            for kind in [ExpertKind.openai, .anthropic, .ollama] {
                let spec = ExpertSpec(card: ExpertCard(id: "math", kind: kind, model: "m"))
                let wire: any ChatWire =
                    switch kind {
                    case .anthropic: AnthropicWire(spec: spec)
                    case .ollama: OllamaWire(spec: spec)
                    default: OpenAIWire(spec: spec)
                    }
                do {
                    let body = try wire.request(chat.question, delivery: .streamed).body.bytes()
                    law((try? JSONReader.read(body)) != nil, "what experts are sent is JSON")
                } catch {
                    law(error is Fault, "a question that cannot be asked is refused in words")
                }
            }
            _ = (chat.question.fingerprint, chat.question.shape, chat.question.estimatedTokens)
        } catch {
            law((error as? Fault).map { !$0.sentence.isEmpty } == true, "a refusal is put into words")
        }
    }

    static func settings(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let environment = ["KEY": "sk-secret"]
        let file = SettingsFile(text: text, name: "config.yaml", environment: environment)
        for problem in file.problems { law(!"\(problem)".isEmpty, "a problem is put into words") }
        _ = SettingsFile.expert("math", definition: text, environment: environment)
    }

    static func wait(_ bytes: [UInt8]) {
        let halves = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let texts = halves.map { String(decoding: $0, as: UTF8.self) }
        let header = { (name: String) in
            name == "retry-after" ? texts.first : texts.count > 1 ? texts.last : nil
        }
        guard let wait = RetryAfter.seconds(header, now: Timestamp(microseconds: 1_700_000_000_000_000)) else { return }
        law((0...RetryAfter.longest).contains(wait), "nobody waits a negative time, or for ever")
    }
}
