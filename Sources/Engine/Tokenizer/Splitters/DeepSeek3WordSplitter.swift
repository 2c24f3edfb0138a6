/// The last of the three cuts of DeepSeek V3; numbers and Chinese and Japanese are pieces before it.
///
/// The regex it implements: `[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|`
/// ` ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
package struct DeepSeek3WordSplitter: MatchSplitter {
    package init() {}

    package func matchEnd(in row: ScalarRow, from start: Int) -> Int? {
        if row.scalars[start].isASCII, isSign(row, start), row.scalar(start + 1).map(Self.isASCIILetter) == true {
            return row.end(from: start + 1) { scalar, _ in Self.isASCIILetter(scalar) }
        }
        if let end = wordEnd(in: row, from: start) { return end }
        let first = row.scalar(start) == " " ? start + 1 : start
        if isSign(row, first) {
            return row.end(of: .lineBreak, from: row.end(from: first) { $1 == .punctuation || $1 == .symbol })
        }
        guard row.classes[start].isSpace else { return nil }
        return row.lastLineBreakEnd(from: start) ?? row.blankEnd(from: start)
    }

    /// `[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+`
    private func wordEnd(in row: ScalarRow, from start: Int) -> Int? {
        func end(from first: Int) -> Int { row.end(from: first) { $1 == .letter || $1 == .mark } }
        switch row.classes[start] {
        case .letter, .mark: return end(from: start)
        case .number, .blank, .other: return end(from: start + 1) > start + 1 ? end(from: start + 1) : nil
        case .lineBreak, .punctuation, .symbol: return nil
        }
    }

    private func isSign(_ row: ScalarRow, _ position: Int) -> Bool {
        row.scalarClass(position) == .punctuation || row.scalarClass(position) == .symbol
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
