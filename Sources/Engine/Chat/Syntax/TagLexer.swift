/// Cuts the inside of a tag or an output into names, numbers, texts and signs, up to its closing.
struct TagLexer {
    private let source: [Unicode.Scalar]
    /// `%` or `}`: what stands before the last brace of the closing.
    private let closing: Unicode.Scalar
    private var openBrackets: [Unicode.Scalar] = []

    private(set) var tokens: [TemplateToken] = []
    /// Behind the closing, once run.
    private(set) var position: Int
    private(set) var line: Int
    /// `-` or `+` in the closing.
    private(set) var closingSign: Unicode.Scalar?

    init(source: [Unicode.Scalar], position: Int, line: Int, closing: Unicode.Scalar) {
        self.source = source
        self.position = position
        self.line = line
        self.closing = closing
    }

    mutating func run() throws(ChatTemplateRefusal) {
        while true {
            if openBrackets.isEmpty, readClosing() { return }
            guard let scalar = scalar(at: position) else {
                throw ChatTemplateRefusal(
                    .syntax(found: "the end of the template", expected: "\(closing)} to close a tag"), line: line)
            }
            if scalar.isPythonSpace {
                if scalar == "\n" { line += 1 }
                position += 1
            } else if scalar == "'" || scalar == "\"" {
                try readText(quote: scalar)
            } else if "0"..."9" ~= scalar {
                try readNumber()
            } else if scalar.isNamePart {
                let start = position
                while let next = self.scalar(at: position), next.isNamePart { position += 1 }
                append(.name(String(scalars: source[start..<position])))
            } else {
                try readSign(scalar)
            }
        }
    }

    private func scalar(at place: Int) -> Unicode.Scalar? {
        place < source.count ? source[place] : nil
    }

    private mutating func append(_ kind: TemplateToken.Kind) {
        tokens.append(TemplateToken(kind: kind, line: line))
    }

    private mutating func readClosing() -> Bool {
        let first = scalar(at: position)
        let isSigned = first == "-" || (first == "+" && closing == "%")
        let place = isSigned ? position + 1 : position
        guard scalar(at: place) == closing, scalar(at: place + 1) == "}" else { return false }
        closingSign = isSigned ? first : nil
        position = place + 2
        return true
    }

    private mutating func readText(quote: Unicode.Scalar) throws(ChatTemplateRefusal) {
        let start = position + 1
        var place = start
        while let next = scalar(at: place), next != quote { place += next == "\\" ? 2 : 1 }
        guard place < source.count else {
            throw ChatTemplateRefusal(.syntax(found: String(quote), expected: "another \(quote) behind it"), line: line)
        }
        append(.text(try TextEscapes.text(of: source[start..<place], line: line)))
        for scalar in source[start..<place] where scalar == "\n" { line += 1 }
        position = place + 1
    }

    private mutating func readNumber() throws(ChatTemplateRefusal) {
        let start = position
        func isDigit(_ place: Int) -> Bool { scalar(at: place).map { "0"..."9" ~= $0 } ?? false }
        func afterDigits(_ from: Int) -> Int {
            var place = from
            while isDigit(place) || (scalar(at: place) == "_" && isDigit(place + 1)) { place += 1 }
            return place
        }
        var end = afterDigits(start)
        var isWhole = true
        // Behind a dot a number is an element's, as in `rows.0.1`.
        let isElement = tokens.last?.kind == .sign(".")
        if !isElement, scalar(at: end) == ".", isDigit(end + 1) {
            isWhole = false
            end = afterDigits(end + 1)
        }
        if !isElement, let mark = scalar(at: end), mark == "e" || mark == "E" {
            let sign = scalar(at: end + 1)
            let digits = sign == "+" || sign == "-" ? end + 2 : end + 1
            if isDigit(digits) {
                isWhole = false
                end = afterDigits(digits)
            }
        }
        let digits = String(scalars: source[start..<end]).filter { $0 != "_" }
        if isWhole, let value = Int(digits) {
            append(.integer(value))
        } else if !isWhole, let value = Double(digits) {
            append(.number(value))
        } else {
            throw ChatTemplateRefusal(.syntax(found: digits, expected: "a number of 63 bits"), line: line)
        }
        position = end
    }

    private static let signs = ["//", "**", "==", "!=", ">=", "<="].map { Array($0.unicodeScalars) }
    private static let singleSigns: Set<Unicode.Scalar> = Set("+-/*%~[](){}><=.:|,;".unicodeScalars)
    private static let partners: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "[": "]", "{": "}"]

    private mutating func readSign(_ scalar: Unicode.Scalar) throws(ChatTemplateRefusal) {
        if let sign = Self.signs.first(where: { source[position...].starts(with: $0) }) {
            append(.sign(String(scalars: sign[...])))
            position += 2
            return
        }
        guard Self.singleSigns.contains(scalar) else {
            throw ChatTemplateRefusal(.syntax(found: String(scalar), expected: "a name, a value or a sign"), line: line)
        }
        if let partner = Self.partners[scalar] {
            openBrackets.append(partner)
        } else if ")]}".unicodeScalars.contains(scalar) {
            guard openBrackets.popLast() == scalar else {
                throw ChatTemplateRefusal(
                    .syntax(found: String(scalar), expected: "brackets in pairs"), line: line)
            }
        }
        append(.sign(String(scalar)))
        position += 1
    }
}
