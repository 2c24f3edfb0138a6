/// The methods of texts that find, split, join and replace parts.
extension TextMethods {
    static let parts: [String: TextMethod] = [
        "split": TextMethod(["sep", "maxsplit"]) { text, given, _ throws(ChatTemplateRefusal) in
            try split(text, given, fromEnd: false)
        },
        "rsplit": TextMethod(["sep", "maxsplit"]) { text, given, _ throws(ChatTemplateRefusal) in
            try split(text, given, fromEnd: true)
        },
        "splitlines": TextMethod(["keepends"]) { text, given, _ throws(ChatTemplateRefusal) in
            try row(PythonText.lines(text, keepingEnds: given[0].isTrue))
        },
        "partition": TextMethod(["sep"]) { text, given, _ throws(ChatTemplateRefusal) in
            let separator = try separator(given[0], of: "partition")
            let pieces = TextSearch(separator).pieces(of: text, most: 1)
            let parts = pieces.count == 2 ? [pieces[0], separator, pieces[1]] : [text, "", ""]
            return .tuple(try ValueRow(parts.map(RunValue.text)))
        },
        "join": TextMethod(["iterable"]) { text, given, meter throws(ChatTemplateRefusal) in
            guard let given = given[0] else { throw RunValue.none.refused(by: "join", expected: "a list") }
            var pieces: [String] = []
            for item in try given.elements(for: "join") { pieces.append(try required(item, of: "join")) }
            return .text(try joined(pieces, by: text, &meter))
        },
        "replace": TextMethod(["old", "new", "count"]) { text, given, meter throws(ChatTemplateRefusal) in
            let old = try required(given[0], of: "replace")
            let new = try required(given[1], of: "replace")
            let most = try given[2].whole(for: "replace") ?? -1
            return .text(try replaced(text, old, new, most: most < 0 ? .max : most, &meter))
        },
        "find": TextMethod(["sub", "start"]) { text, given, _ throws(ChatTemplateRefusal) in
            .integer(try place(of: given, in: text, callee: "find") ?? -1)
        },
        "index": TextMethod(["sub", "start"]) { text, given, _ throws(ChatTemplateRefusal) in
            guard let place = try place(of: given, in: text, callee: "index") else {
                throw ChatTemplateRefusal(.operation("a text without the part for index", expected: "one with it"))
            }
            return .integer(place)
        },
        "count": TextMethod(["sub"]) { text, given, _ throws(ChatTemplateRefusal) in
            let part = try required(given[0], of: "count")
            guard !part.isEmpty else { return .integer(text.unicodeScalars.count + 1) }
            return .integer(TextSearch(part).places(in: Array(text.utf8)).count)
        },
    ]

    /// The pieces with `separator` between them.
    static func joined(
        _ pieces: [String], by separator: String, _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) -> String {
        // Each piece is part of a text that was counted; neither the sum nor the product is near 63 bits.
        let length = pieces.reduce(0) { $0 + $1.utf8.count } + separator.utf8.count * max(0, pieces.count - 1)
        try meter.count(textOf: length)
        return pieces.joined(separator: separator)
    }

    /// The text with at most `most` places of `old` made `new`; an empty `old` is found around every scalar.
    static func replaced(
        _ text: String, _ old: String, _ new: String, most: Int, _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) -> String {
        guard old.isEmpty else { return try joined(TextSearch(old).pieces(of: text, most: most), by: new, &meter) }
        let scalars = text.unicodeScalars.map { String($0) }
        guard most > scalars.count else {
            let head = scalars.prefix(max(0, most - 1))
            let rest = scalars.dropFirst(max(0, most - 1)).joined()
            guard most > 0 else { return text }
            return try joined([""] + head + [rest], by: new, &meter)
        }
        return try joined([""] + scalars + [""], by: new, &meter)
    }

    private static func split(
        _ text: String, _ given: [RunValue?], fromEnd: Bool
    ) throws(ChatTemplateRefusal) -> RunValue {
        let most = try given[1].whole(for: "split") ?? -1
        let limit = most < 0 ? Int.max : most
        guard try given[0].text(for: "split") != nil else {
            return try row(fromEnd ? wordsFromEnd(text, limit) : words(text, limit))
        }
        let separator = try separator(given[0], of: "split")
        return try row(
            fromEnd
                ? TextSearch(separator).piecesFromEnd(of: text, most: limit)
                : TextSearch(separator).pieces(of: text, most: limit))
    }

    private static func separator(_ given: RunValue?, of callee: String) throws(ChatTemplateRefusal) -> String {
        let separator = try required(given, of: callee)
        guard !separator.isEmpty else {
            throw ChatTemplateRefusal(.operation("an empty separator for \(callee)", expected: "a text"))
        }
        return separator
    }

    private static func row(_ pieces: [String]) throws(ChatTemplateRefusal) -> RunValue {
        .list(try ValueRow(pieces.map(RunValue.text)))
    }

    /// The stretches between white space; behind `most` cuts the rest is one, with the white space at its end.
    private static func words(_ text: String, _ most: Int) -> [String] {
        var result: [String] = []
        var rest = text.unicodeScalars.drop { $0.isPythonSpace }
        while !rest.isEmpty {
            guard result.count < most else { return result + [String(rest)] }
            result.append(String(rest.prefix { !$0.isPythonSpace }))
            rest = rest.drop { !$0.isPythonSpace }.drop { $0.isPythonSpace }
        }
        return result
    }

    private static func wordsFromEnd(_ text: String, _ most: Int) -> [String] {
        func turned(_ text: String) -> String { String(scalars: text.unicodeScalars.reversed()) }
        return words(turned(text), most).reversed().map(turned)
    }

    /// The place of the first argument, counted in scalars, from the second on.
    private static func place(
        of given: [RunValue?], in text: String, callee: String
    ) throws(ChatTemplateRefusal) -> Int? {
        let part = try required(given[0], of: callee)
        let count = text.unicodeScalars.count
        let asked = try given[1].whole(for: callee) ?? 0
        let start = asked < 0 ? max(0, asked + count) : asked
        guard start <= count else { return nil }
        guard !part.isEmpty else { return start }
        let bytes = Array(String(text.unicodeScalars.dropFirst(start)).utf8)
        guard let found = TextSearch(part).places(in: bytes, most: 1).first else { return nil }
        return start + String(decoding: bytes[..<found], as: UTF8.self).unicodeScalars.count
    }
}
