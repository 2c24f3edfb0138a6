import Core
import Engine
import Foundation
import Kernels

/// A model that is ready to answer: its file opened, its vocabulary read, its caches laid out, its thread running.
final class RunningModel: Sendable {
    let generator: Generator
    /// Nil for a model without a chat template, which continues plain text.
    private let dialogue: ModelDialogue?

    /// Opens and prepares the model. Takes seconds for a large vocabulary. Throws what the engine refuses it with.
    init(_ key: LocalModelKey, experts: ExpertMemory, slots: Int, team: ThreadTeam) throws {
        let model = try LanguageModel(readingFileAt: key.file, experts: experts)
        let codec = try TextCodec(model.parts.metadata)
        do throws(ChatTemplateRefusal) {
            dialogue = try ModelDialogue(model, codec)
        } catch {
            guard error.reason == .missing else { throw error }
            dialogue = nil
        }
        generator = Generator(model, vocabulary: codec, team: team, slots: slots, contextTokens: key.context)
    }

    /// The tokens that put a conversation to the model. Throws `ChatTemplateRefusal`.
    ///
    /// Without a template only the texts are put, an empty line between turns: a model that was trained on plain text
    /// knows nothing of who speaks. Where a template refuses a system message, as Gemma 2's does, its text stands before
    /// the first message of the user instead: instructions of skills are given that way.
    func prompt(_ messages: [Message], at now: Timestamp) throws(ChatTemplateRefusal) -> [Int] {
        guard let dialogue else {
            let text = messages.map(\.text).joined(separator: "\n\n")
            return generator.vocabulary.encodePrompt(text, marks: .asText)
        }
        let moment = CalendarMoment(now)
        do throws(ChatTemplateRefusal) {
            return try dialogue.prompt(messages.map(ChatTurn.init), now: moment)
        } catch {
            guard case .raised = error.reason, let merged = messages.withoutSystem else { throw error }
            return try dialogue.prompt(merged.map(ChatTurn.init), now: moment)
        }
    }

    /// Ends the thread. The memory goes back when the last answer is dropped.
    func close() { generator.close() }
}

extension ChatTurn {
    fileprivate init(_ message: Message) { self.init(role: message.role.rawValue, content: message.text) }
}

extension [Message] {
    /// The same with the system messages put before the user's first one; nil if there are none, or no user.
    fileprivate var withoutSystem: [Message]? {
        let instructions = filter { $0.role == .system }.map(\.text)
        var others = filter { $0.role != .system }
        guard !instructions.isEmpty, let first = others.firstIndex(where: { $0.role == .user }) else { return nil }
        others[first] = Message(.user, (instructions + [others[first].text]).joined(separator: "\n\n"))
        return others
    }
}

extension CalendarMoment {
    /// The date in UTC, for templates that tell the model what day it is.
    fileprivate init?(_ timestamp: Timestamp) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(timestamp.seconds))
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        self.init(
            year: year, month: month, day: day, hour: parts.hour ?? 0, minute: parts.minute ?? 0,
            second: parts.second ?? 0)
    }
}
