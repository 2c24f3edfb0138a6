/// Reads a regular expression as JSON Schema writes them (ECMA-262), as far as it describes a regular set of strings.
///
/// Read are characters, `.`, classes, `\d \w \s` and their opposites, escapes, groups, `|`, and `* + ? {n} {n,} {n,m}`,
/// lazy or not; `^` and `$` where an alternative of the whole begins and ends. A pattern that is not anchored may
/// stand anywhere in the string. Refused are references to groups, looking ahead and behind, `\b` and `\p`.
struct PatternReader {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private let place: String
    private var at = 0

    /// The set of whole strings that `text` allows; `place` is the schema's, for refusals.
    static func read(_ text: String, at place: String) throws(GrammarRefusal) -> StringPattern {
        var reader = PatternReader(text: text, scalars: Array(text.unicodeScalars), place: place)
        var alternatives: [StringPattern] = []
        repeat {
            let isAnchored = reader.take("^")
            var parts = isAnchored ? [] : [StringPattern.anything]
            parts.append(try reader.sequence(groups: 0))
            if !reader.take("$") { parts.append(.anything) }
            alternatives.append(.sequence(parts))
        } while reader.take("|")
        guard reader.at == reader.scalars.count else {
            throw reader.slip(reader.peek == ")" ? "there is no group to close" : "nothing may follow $")
        }
        return .choice(alternatives)
    }

    private init(text: String, scalars: [Unicode.Scalar], place: String) {
        self.text = text
        self.scalars = scalars
        self.place = place
    }

    /// Pieces up to `|`, `)`, `$` or the end.
    private mutating func sequence(groups: Int) throws(GrammarRefusal) -> StringPattern {
        var parts: [StringPattern] = []
        while let next = peek, next != "|", next != ")", next != "$" {
            parts.append(try quantified(try piece(groups: groups)))
        }
        return .sequence(parts)
    }

    private mutating func piece(groups: Int) throws(GrammarRefusal) -> StringPattern {
        guard let next = peek else { throw slip("it ends where a character is expected") }
        switch next {
        case "(": return try group(groups: groups)
        case "[":
            at += 1
            return .character(try characterClass())
        case ".":
            at += 1
            return .character(PatternEscape.lineEnds.inverted)
        case "\\":
            at += 1
            return .character(try escaped(inClass: false))
        case "*", "+", "?": throw slip("there is nothing to repeat; write \\\(next) for the character")
        case "^": throw slip("^ is read where an alternative of the whole pattern begins; write \\^ for the character")
        case "{", "}", "]": throw slip("write \\\(next) for the character")
        default:
            at += 1
            return .character(ScalarSet(next))
        }
    }

    private mutating func group(groups: Int) throws(GrammarRefusal) -> StringPattern {
        guard groups < GrammarLimits.patternGroups else {
            throw slip("groups are nested more than \(GrammarLimits.patternGroups) deep")
        }
        at += 1
        if take("?") {
            guard take(":") else { throw slip("of the groups that begin with (? only (?: is read") }
        }
        var alternatives: [StringPattern] = []
        repeat { alternatives.append(try sequence(groups: groups + 1)) } while take("|")
        if peek == "$" {
            throw slip("$ is read where an alternative of the whole pattern ends; write \\$ for the character")
        }
        guard take(")") else { throw slip("a group does not end") }
        return .choice(alternatives)
    }

    // MARK: Quantifiers

    private mutating func quantified(_ piece: StringPattern) throws(GrammarRefusal) -> StringPattern {
        let bounds: (least: Int, most: Int?)
        switch peek {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{":
            at += 1
            let least = try count()
            let most: Int? = take(",") ? (peek == "}" ? nil : try count()) : least
            guard peek == "}" else { throw slip("} is expected behind a count") }
            if let most, most < least { throw slip("the second count is less than the first") }
            bounds = (least, most)
        default: return piece
        }
        at += 1
        // Lazy: another order of search, the same strings.
        _ = take("?")
        return .repeated(piece, least: bounds.least, most: bounds.most)
    }

    private mutating func count() throws(GrammarRefusal) -> Int {
        var count = 0
        let start = at
        while let digit = peek, ("0"..."9").contains(digit) {
            count = count * 10 + Int(digit.value - 0x30)
            guard count <= GrammarLimits.repetitions else {
                throw slip("a count is larger than \(GrammarLimits.repetitions)")
            }
            at += 1
        }
        guard at > start else { throw slip("a count is expected behind {; write \\{ for the character") }
        return count
    }

    // MARK: Classes

    private mutating func characterClass() throws(GrammarRefusal) -> ScalarSet {
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while !take("]") {
            let first = try classMember()
            guard peek == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else {
                ranges += first.ranges
                continue
            }
            at += 1
            let last = try classMember()
            guard let low = first.onlyCharacter, let high = last.onlyCharacter, low <= high else {
                throw slip("a range in a class is two characters in rising order")
            }
            ranges.append(low...high)
        }
        let set = ScalarSet(ranges)
        return isInverted ? set.inverted : set
    }

    private mutating func classMember() throws(GrammarRefusal) -> ScalarSet {
        guard let next = peek else { throw slip("a class does not end") }
        at += 1
        return next == "\\" ? try escaped(inClass: true) : ScalarSet(next)
    }

    private mutating func escaped(inClass: Bool) throws(GrammarRefusal) -> ScalarSet {
        guard let letter = peek else { throw slip("it ends behind a backslash") }
        at += 1
        if let set = PatternEscape.set(of: letter) { return set }
        switch letter {
        case "b" where inClass: return ScalarSet("\u{8}")
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case "0"..."9", "a"..."z", "A"..."Z":
            at -= 1
            throw slip("the escape \\\(letter) is not read")
        default: return ScalarSet(letter)
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(GrammarRefusal) -> ScalarSet {
        let digits = scalars[at...].prefix(count).map(Character.init)
        guard digits.count == count, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = UInt32(String(digits), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw slip("\(count) hexadecimal digits of a character are expected") }
        at += count
        return ScalarSet(scalar)
    }

    // MARK: Steps

    private var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        at += 1
        return true
    }

    private func slip(_ what: String) -> GrammarRefusal {
        GrammarRefusal(place, .pattern(text, at: at, what: what))
    }
}

extension ScalarSet {
    /// The number of the character, if the set is one.
    fileprivate var onlyCharacter: UInt32? {
        guard let range = ranges.first, ranges.count == 1, range.count == 1 else { return nil }
        return range.lowerBound
    }
}
