/// Cuts a template into text, tags and outputs, and settles which white space around tags is kept.
///
/// The rules are Jinja's with `trim_blocks` and `lstrip_blocks`: a newline right behind a tag goes, blanks before a
/// tag that begins its line go, `-` takes all white space on its side, `+` keeps it. Time is linear in the source.
struct TemplateLexer {
    private let source: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var tokens: [TemplateToken] = []
    /// Whether what was read last ended a line.
    private var isLineStarting = true

    static func tokens(of source: String) throws(ChatTemplateRefusal) -> [TemplateToken] {
        var lexer = TemplateLexer(source: LineEnds.normalised(source))
        try lexer.run()
        return lexer.tokens
    }

    private init(source: [Unicode.Scalar]) { self.source = source }

    private mutating func run() throws(ChatTemplateRefusal) {
        while let start = nextOpening() {
            let opening = source[start + 1]
            let sign = start + 2 < source.count ? source[start + 2] : " "
            let isSigned = sign == "-" || sign == "+"
            keepText(upTo: start, sign: sign, isOutput: opening == "{")
            advance(to: start + (isSigned ? 3 : 2))
            if opening == "#" {
                try skipComment()
            } else if opening == "%", let content = rawContent() {
                advance(to: content)
                try keepRaw()
            } else {
                try readTag(isOutput: opening == "{")
            }
        }
        append(data: position..<source.count)
        advance(to: source.count)
        tokens.append(TemplateToken(kind: .end, line: line))
    }

    private func nextOpening() -> Int? {
        var place = position
        while place + 1 < source.count {
            if source[place] == "{", ["{", "%", "#"].contains(source[place + 1]) { return place }
            place += 1
        }
        return nil
    }

    /// The text before an opening, without the white space that goes.
    private mutating func keepText(upTo start: Int, sign: Unicode.Scalar, isOutput: Bool) {
        var end = start
        while end > position, source[end - 1].isPythonSpace, sign == "-" || source[end - 1] != "\n" { end -= 1 }
        let isWholeLine = end == position ? isLineStarting : source[end - 1] == "\n"
        let isCut = sign == "-" || (sign != "+" && !isOutput && isWholeLine)
        append(data: position..<(isCut ? end : start))
    }

    private mutating func skipComment() throws(ChatTemplateRefusal) {
        let first = line
        var place = position
        while place + 1 < source.count, !(source[place] == "#" && source[place + 1] == "}") { place += 1 }
        guard place + 1 < source.count else {
            throw ChatTemplateRefusal(.syntax(found: "{#", expected: "#} behind it"), line: first)
        }
        let sign: Unicode.Scalar? = place > position ? source[place - 1] : nil
        advance(to: place + 2)
        trimBehind(sign: sign)
    }

    /// Where the text of a `raw` tag begins, if this tag is one.
    private func rawContent() -> Int? {
        var place = afterSpaces(position)
        guard source[place...].starts(with: "raw".unicodeScalars) else { return nil }
        place = afterSpaces(place + 3)
        let isDashed = place < source.count && source[place] == "-"
        if isDashed { place += 1 }
        guard source[place...].starts(with: "%}".unicodeScalars) else { return nil }
        return isDashed ? afterSpaces(place + 2) : place + 2
    }

    private mutating func keepRaw() throws(ChatTemplateRefusal) {
        let first = line
        isLineStarting = position > 0 && source[position - 1] == "\n"
        var place = position
        while place + 1 < source.count {
            if source[place] == "{", source[place + 1] == "%" {
                let sign = place + 2 < source.count ? source[place + 2] : " "
                var end = afterSpaces(sign == "-" || sign == "+" ? place + 3 : place + 2)
                if source[end...].starts(with: "endraw".unicodeScalars) {
                    end = afterSpaces(end + 6)
                    let closing = end < source.count ? source[end] : " "
                    if closing == "-" || closing == "+" { end += 1 }
                    if source[end...].starts(with: "%}".unicodeScalars) {
                        keepText(upTo: place, sign: sign, isOutput: false)
                        advance(to: end + 2)
                        trimBehind(sign: closing)
                        return
                    }
                }
            }
            place += 1
        }
        throw ChatTemplateRefusal(.syntax(found: "raw", expected: "endraw behind it"), line: first)
    }

    private mutating func readTag(isOutput: Bool) throws(ChatTemplateRefusal) {
        tokens.append(TemplateToken(kind: isOutput ? .outputBegin : .tagBegin, line: line))
        var words = TagLexer(source: source, position: position, line: line, closing: isOutput ? "}" : "%")
        try words.run()
        tokens += words.tokens
        position = words.position
        line = words.line
        tokens.append(TemplateToken(kind: isOutput ? .outputEnd : .tagEnd, line: line))
        if isOutput, words.closingSign != "-" {
            isLineStarting = false
        } else {
            trimBehind(sign: words.closingSign)
        }
    }

    /// Leaves out white space behind a closing.
    private mutating func trimBehind(sign: Unicode.Scalar?) {
        let start = position
        if sign == "-" {
            advance(to: afterSpaces(position))
        } else if sign != "+", position < source.count, source[position] == "\n" {
            advance(to: position + 1)
        }
        isLineStarting = position > start && source[position - 1] == "\n"
    }

    private func afterSpaces(_ start: Int) -> Int {
        var place = min(start, source.count)
        while place < source.count, source[place].isPythonSpace { place += 1 }
        return place
    }

    private mutating func append(data range: Range<Int>) {
        guard !range.isEmpty else { return }
        tokens.append(TemplateToken(kind: .data(String(scalars: source[range])), line: line))
    }

    private mutating func advance(to place: Int) {
        for index in position..<max(place, position) where source[index] == "\n" { line += 1 }
        position = place
    }
}
