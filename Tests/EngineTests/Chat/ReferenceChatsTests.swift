import Engine
import Foundation
import Testing

/// Compares with what another program renders. `MUSTER_CHAT_CASES` names a file of JSON: a list of cases with `name`,
/// `template`, `messages`, `gen`, `bos`, `eos`, `vars` and `want`, which is null where the other program refuses.
/// Its clock stands at 26 July 2024, 9:05:03.
struct ReferenceChatsTests {
    private static let file = ProcessInfo.processInfo.environment["MUSTER_CHAT_CASES"]
    private static let model = ProcessInfo.processInfo.environment["MUSTER_CHAT_MODEL"]

    @Test(.enabled(if: file != nil, "MUSTER_CHAT_CASES names no file"))
    func givesTheTextOfTheReference() throws {
        let path = try #require(Self.file)
        let cases = try OrderedJSON.value(in: Array(Data(contentsOf: URL(filePath: path)))).elements
        #expect(cases.count >= 40)
        for one in cases {
            let name = one["name"]?.string ?? ""
            let answer = Result { try Self.answer(to: one) }
            if let wanted = one["want"]?.string {
                #expect(throws: Never.self, "\(name)") { try answer.get() }
                #expect((try? answer.get()).map { Array($0.utf8) } == Array(wanted.utf8), "\(name)")
            } else {
                #expect(throws: ChatTemplateRefusal.self, "\(name)") { try answer.get() }
            }
        }
    }

    /// `MUSTER_CHAT_MODEL` names a model file whose template takes a system's turn and ends where the assistant begins.
    @Test(.enabled(if: model != nil, "MUSTER_CHAT_MODEL names no file"))
    func readsTheTemplateOfAModel() throws {
        let path = try #require(Self.model)
        let template = try ChatTemplate(in: GGUFFile(readingFileAt: path).metadata)
        let turns = [ChatTurn(role: "system", content: "Be brief."), ChatTurn(role: "user", content: "Who are you?")]
        let open = try template.render(turns)
        let closed = try template.render(turns, with: ChatVariables(addGenerationPrompt: false))
        #expect(open.contains("Be brief.") && open.contains("Who are you?"))
        #expect(open.hasPrefix(closed) && open.utf8.count > closed.utf8.count)
    }

    private static func answer(to one: TemplateValue) throws -> String {
        let turns = (one["messages"]?.elements ?? []).map { message in
            var fields = TemplateMembers()
            for (name, value) in message.members where name != "role" && name != "content" {
                fields.append(name, value)
            }
            return ChatTurn(role: message["role"]?.string ?? "", content: message["content"] ?? .none, fields: fields)
        }
        var others: [String: TemplateValue] = [:]
        for (name, value) in one["vars"]?.members ?? [] { others[name] = value }
        let variables = ChatVariables(
            addGenerationPrompt: one["gen"]?.isTrue ?? false, beginningOfText: one["bos"]?.string,
            endOfText: one["eos"]?.string,
            now: CalendarMoment(year: 2024, month: 7, day: 26, hour: 9, minute: 5, second: 3), others: others)
        return try ChatTemplate(one["template"]?.string ?? "").render(turns, with: variables)
    }
}
