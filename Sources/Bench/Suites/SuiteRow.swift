import Core
import Foundation

/// One row of a publisher's file, with its place for errors, read as the suite's file says.
struct SuiteRow {
    let suite: Suite
    let answerPattern: TextPattern?
    let file: String
    /// The line, or the element of the list, counted from 1.
    let number: Int
    let value: JSONValue

    private var fields: SuiteSpec.Fields { suite.spec.fields }

    /// The question; nil if the suite leaves such rows out.
    func question() throws -> GradedQuestion? {
        guard value.members != nil else { throw fault("is not a JSON object") }
        for (name, wanted) in fields.only where text(at: name) != wanted { return nil }
        guard let asked = text(at: fields.question), asked.contains(where: { !$0.isWhitespace }) else {
            throw fault("has no \"\(fields.question)\" that is a text")
        }
        let options = fields.options.map { self.options(at: $0) } ?? []
        var extras = QuestionExtras(
            category: fields.category.flatMap { text(at: $0) }, options: options.map { $0.text })
        if case .choice(let most) = suite.spec.shape, options.isEmpty {
            extras.options = InlineOptions(asked, most: most).texts
            if extras.options.isEmpty { extras.optionCount = most }
        }
        let answer = try fields.answer.map { try self.answer(at: $0, options) } ?? ""
        if let tests = fields.tests.flatMap(text(at:)) {
            let entry = fields.entry.flatMap(text(at:)) ?? ""
            let call = fields.testCall?.replacingOccurrences(of: "{entry}", with: entry) ?? ""
            extras.tests = call.isEmpty ? tests : tests + "\n" + call + "\n"
            extras.programHead = fields.programHead.flatMap(text(at:))
        } else if fields.tests != nil {
            throw fault("has no \"\(fields.tests ?? "")\"")
        }
        let prompt = filled(suite.spec.prompt, question: asked, options: options.map { $0.text })
        if prompt != asked { extras.prompt = prompt }
        let id = fields.id.flatMap(text(at:)) ?? String(number)
        let isBare = extras == QuestionExtras()
        return GradedQuestion(id: "\(suite.id)/\(id)", question: asked, answer: answer, extras: isBare ? nil : extras)
    }

    func fault(_ found: String, expected: String? = nil) -> Fault {
        Fault(.unreadableFile, "\(file):\(number)", found, expected: expected)
    }

    private func answer(at path: String, _ options: [(label: String, text: String)]) throws -> String {
        guard var said = text(at: path) else { throw fault("has no \"\(path)\"") }
        if let pattern = answerPattern {
            guard let match = pattern.all(in: said).last else {
                throw fault("has an answer without \(fields.answerPattern ?? "")")
            }
            said = match
        }
        if let word = fields.answerWords[said] { return word }
        guard !options.isEmpty else { return said.trimmingCharacters(in: .whitespaces) }
        if let place = options.firstIndex(where: { $0.label == said }) { return Self.letter(place) }
        if let place = Int(said), options.indices.contains(place) { return Self.letter(place) }
        if let place = options.firstIndex(where: { $0.text == said }) { return Self.letter(place) }
        throw fault("has the answer \"\(said.prefix(40))\", which is none of its options")
    }

    /// Texts with what the publisher calls each: a letter, or a number.
    private func options(at path: String) -> [(label: String, text: String)] {
        (member(at: path)?.elements ?? []).prefix(26).enumerated().compactMap { index, element in
            let text = Self.text(of: element["text"] ?? element)
            return text.map { (element["label"].flatMap(Self.text(of:)) ?? Self.letter(index), $0) }
        }
    }

    private func filled(_ template: String, question: String, options: [String]) -> String {
        var text = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            switch name {
            case "question": text += question
            case "options":
                text += options.enumerated().map { "\(Self.letter($0)). \($1)" }.joined(separator: "\n")
            case _ where name.hasPrefix("row."): text += self.text(at: String(name.dropFirst(4))) ?? ""
            default: text += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    private func text(at path: String) -> String? { member(at: path).flatMap(Self.text(of:)) }

    private func member(at path: String) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(value)) { found, name in
            if let place = Int(name), let elements = found?.elements {
                return elements.indices.contains(place) ? elements[place] : nil
            }
            return found?[String(name)]
        }
    }

    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): String(flag)
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .array(let elements): elements.compactMap(text(of:)).joined(separator: "\n")
        case .null, .object: nil
        }
    }

    static func letter(_ place: Int) -> String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place % 26))) }
}
