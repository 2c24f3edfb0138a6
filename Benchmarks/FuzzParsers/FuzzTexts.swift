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
            let text = JSONText.bytes(of: value)
            guard let again = try? JSONReader.read(text) else {
                return law(false, "what was written can be read: \(String(decoding: text.prefix(200), as: UTF8.self))")
            }
            texts.append(text)
            value = again
        }
        // The first time `-0.0` becomes `-0`, which is 0.
        law(texts[1] == texts[2], "reading what was written changes nothing")
        replacing(bytes)
    }

    /// Some members of an object are replaced, all others stay as they are.
    private static func replacing(_ bytes: [UInt8]) {
        guard let (value, members) = try? JSONReader.readPlaces(bytes), case .object(let before) = value else { return }
        for member in members {
            let text = Array(bytes[member.value])
            law((try? JSONReader.read(text)) != nil, "a member's place holds a value: \(member.name)")
        }
        guard let first = members.first else { return }
        let original = OriginalBody(bytes, members: members)
        let text = original.replacing([first.name: Array("[7]".utf8), "\u{1}new": Array("8".utf8)])
        guard let after = try? JSONReader.read(text), case .object(var after) = after else {
            return law(false, "what experts are sent is JSON: \(String(decoding: text.prefix(200), as: UTF8.self))")
        }
        law(after.removeValue(forKey: first.name) == .array([.integer(7)]), "a member is replaced")
        law(after.removeValue(forKey: "\u{1}new") == .integer(8) || first.name == "\u{1}new", "a member is added")
        var others = before
        others.removeValue(forKey: first.name)
        others.removeValue(forKey: "\u{1}new")
        law(after == others, "all other members are as they were")
    }

    static func request(_ bytes: [UInt8]) {
        guard let (value, members) = try? JSONReader.readPlaces(bytes) else { return }
        do {
            let chat = try ChatRequest(RequestLimits.Body(value: value, bytes: bytes, members: members))
            law(!chat.model.isEmpty, "a question is for somebody")
            for kind in [ExpertKind.openai, .anthropic, .ollama] {
                for delivery in [Delivery.whole, .streamed] { ask(kind, chat.question, delivery) }
            }
            _ = (chat.question.fingerprint, chat.question.shape, chat.question.estimatedTokens)
        } catch {
            law((error as? Fault).map { !$0.sentence.isEmpty } == true, "a refusal is put into words")
        }
    }

    private static func ask(_ kind: ExpertKind, _ question: Question, _ delivery: Delivery) {
        let spec = ExpertSpec(card: ExpertCard(id: "math", kind: kind, model: "m"))
        let wire: any ChatWire =
            switch kind {
            case .anthropic: AnthropicWire(spec: spec)
            case .ollama: OllamaWire(spec: spec)
            default: OpenAIWire(spec: spec)
            }
        do {
            let body = try wire.request(question, delivery: delivery).body
            guard let sent = try? JSONReader.read(body) else { return law(false, "what experts are sent is JSON") }
            law(sent["model"] == .string("m") && sent["muster"] == nil, "an expert gets its own model's name")
            law((sent["stream"] == .bool(true)) == (delivery == .streamed), "the delivery is said")
        } catch {
            law(error is Fault, "a question that cannot be asked is refused in words")
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
