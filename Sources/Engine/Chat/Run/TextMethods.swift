/// A method of texts: the names of its parameters, and what it gives.
struct TextMethod: Sendable {
    typealias Body = @Sendable (String, [RunValue?], inout WorkMeter) throws(ChatTemplateRefusal) -> RunValue

    let parameters: [String]
    let body: Body

    init(_ parameters: [String] = [], _ body: @escaping Body) {
        self.parameters = parameters
        self.body = body
    }
}

/// The methods that Python's `str` lends to templates.
enum TextMethods {
    static let all = cases.merging(ends) { first, _ in first }.merging(parts) { first, _ in first }
        .merging(questions) { first, _ in first }

    private static let cases: [String: TextMethod] = [
        "upper": TextMethod { text, _, _ in .text(text.uppercased()) },
        "lower": TextMethod { text, _, _ in .text(text.lowercased()) },
        "capitalize": TextMethod { text, _, _ in .text(PythonText.capitalised(text)) },
        "title": TextMethod { text, _, _ in .text(PythonText.titled(text) { $0.properties.isCased }) },
    ]

    private static let ends: [String: TextMethod] = [
        "strip": TextMethod(["chars"]) { text, given, _ throws(ChatTemplateRefusal) in
            .text(PythonText.stripped(text, try given[0].text(for: "strip")))
        },
        "lstrip": TextMethod(["chars"]) { text, given, _ throws(ChatTemplateRefusal) in
            .text(PythonText.stripped(text, try given[0].text(for: "lstrip"), end: false))
        },
        "rstrip": TextMethod(["chars"]) { text, given, _ throws(ChatTemplateRefusal) in
            .text(PythonText.stripped(text, try given[0].text(for: "rstrip"), start: false))
        },
        "removeprefix": TextMethod(["prefix"]) { text, given, _ throws(ChatTemplateRefusal) in
            let prefix = try required(given[0], of: "removeprefix")
            guard text.utf8.starts(with: prefix.utf8) else { return .text(text) }
            return .text(String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
        },
        "removesuffix": TextMethod(["suffix"]) { text, given, _ throws(ChatTemplateRefusal) in
            let suffix = try required(given[0], of: "removesuffix")
            guard endsWith(suffix, text) else { return .text(text) }
            return .text(String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self))
        },
        "startswith": TextMethod(["prefix"]) { text, given, _ throws(ChatTemplateRefusal) in
            .boolean(try anyOf(given[0], of: "startswith") { text.utf8.starts(with: $0.utf8) })
        },
        "endswith": TextMethod(["suffix"]) { text, given, _ throws(ChatTemplateRefusal) in
            .boolean(try anyOf(given[0], of: "endswith") { endsWith($0, text) })
        },
    ]

    private static let questions: [String: TextMethod] = [
        "isdigit": TextMethod { text, _, _ in every(text) { isDigit($0) } },
        "isalpha": TextMethod { text, _, _ in every(text) { isLetter($0) } },
        "isalnum": TextMethod { text, _, _ in every(text) { isLetter($0) || $0.properties.numericType != nil } },
        "isspace": TextMethod { text, _, _ in every(text) { $0.isPythonSpace } },
        "isupper": TextMethod { text, _, _ in .boolean(isCased(text) { $0.properties.isUppercase }) },
        "islower": TextMethod { text, _, _ in .boolean(isCased(text) { $0.properties.isLowercase }) },
    ]

    private static func every(_ text: String, _ holds: (Unicode.Scalar) -> Bool) -> RunValue {
        .boolean(!text.isEmpty && text.unicodeScalars.allSatisfy(holds))
    }

    /// Whether there are letters with a case, and all of them are of the one that `holds` looks for.
    static func isCased(_ text: String, _ holds: (Unicode.Scalar) -> Bool) -> Bool {
        let letters = text.unicodeScalars.filter { $0.properties.isCased }
        return !letters.isEmpty && letters.allSatisfy(holds)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    private static func endsWith(_ suffix: String, _ text: String) -> Bool {
        text.utf8.reversed().starts(with: suffix.utf8.reversed())
    }

    /// Whether one text, or one of a tuple's, is of the kind that is looked for.
    private static func anyOf(
        _ given: RunValue?, of callee: String, _ holds: (String) -> Bool
    ) throws(ChatTemplateRefusal) -> Bool {
        guard case .tuple(let row) = given else { return holds(try required(given, of: callee)) }
        for item in row.items where holds(try required(item, of: callee)) { return true }
        return false
    }

    static func required(_ given: RunValue?, of callee: String) throws(ChatTemplateRefusal) -> String {
        guard let text = try given.text(for: callee) else {
            throw (given ?? .none).refused(by: callee, expected: "a text")
        }
        return text
    }
}
