/// Operations on texts as Python's `str` has them: by Unicode scalar, not by what is seen as one character.
enum PythonText {
    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    /// Without the scalars of `set`, or without white space, at the chosen ends.
    static func stripped(_ text: String, _ set: String?, start: Bool = true, end: Bool = true) -> String {
        let gone = set.map { Set($0.unicodeScalars) }
        func goes(_ scalar: Unicode.Scalar) -> Bool { gone?.contains(scalar) ?? scalar.isPythonSpace }
        var rest = text.unicodeScalars[...]
        if start { rest = rest.drop(while: goes) }
        if end { while let last = rest.last, goes(last) { rest.removeLast() } }
        return String(rest)
    }

    /// The first letter of each run of letters large, the others small.
    static func titled(_ text: String, isWordPart: (Unicode.Scalar) -> Bool) -> String {
        var result = ""
        var isInside = false
        for scalar in text.unicodeScalars {
            result += isInside ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
            isInside = isWordPart(scalar)
        }
        return result
    }

    static func capitalised(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        return first.properties.titlecaseMapping + String(text.unicodeScalars.dropFirst()).lowercased()
    }

    /// Lines without their ends.
    static func lines(_ text: String, keepingEnds: Bool = false) -> [String] {
        var result: [String] = []
        var line = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar.value {
            case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
                if keepingEnds { line.append(scalar) }
                if scalar == "\r", rest.first == "\n" {
                    rest.removeFirst()
                    if keepingEnds { line.append("\n") }
                }
                result.append(String(line))
                line.removeAll()
            default: line.append(scalar)
            }
        }
        if !line.isEmpty { result.append(String(line)) }
        return result
    }

    /// The text in quotes, as `repr` shows it.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in scalars {
            switch scalar {
            case quote, "\\":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            default:
                if scalar.isPythonPrintable {
                    result.append(scalar)
                } else {
                    result.append(contentsOf: numbered(scalar).unicodeScalars)
                }
            }
        }
        result.append(quote)
        return String(result)
    }

    private static func numbered(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value < 0x100 ? ("\\x", 2) : scalar.value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
        return mark + String(repeating: "0", count: width - digits.count) + digits
    }
}
