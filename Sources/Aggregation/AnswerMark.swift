/// A form of words that announces a final answer.
enum AnswerMark: CaseIterable {
    /// `Answer: 12`, `**Final answer:** 12`
    case label
    /// `The answer is 12`
    case sentence
    /// `#### 12`, as GSM8K writes it
    case hashes
    /// `\boxed{12}`
    case box

    /// What the last such mark in a text announces, and where it stands (UTF-8 offset).
    func last(in text: String) -> (position: Int, answer: String)? {
        let lowered = text.lowercased()
        // Lower-casing may change lengths outside ASCII; then the text itself is searched, so that offsets stay true.
        let searched = lowered.utf8.count == text.utf8.count ? lowered : text
        for phrase in phrases {
            guard let range = searched.ranges(of: phrase).last else { continue }
            let offset = searched.utf8.distance(from: searched.startIndex, to: range.upperBound)
            let rest = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
            let answer = self == .box ? rest.upToClosingBrace : rest.restOfLine
            guard answer.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            return (offset, answer)
        }
        return nil
    }

    private var phrases: [String] {
        switch self {
        case .label: ["answer:**", "answer:", "answer**:"]
        case .sentence: ["answer is:", "answer is"]
        case .hashes: ["####"]
        case .box: ["\\boxed{"]
        }
    }
}

extension String {
    /// The first line that says anything, without marks of emphasis at its ends.
    fileprivate var restOfLine: String {
        let line = drop { $0.isWhitespace || $0 == "*" }.prefix { !$0.isNewline }
        var end = line.endIndex
        while end > line.startIndex, "*_`.$ \t".contains(line[line.index(before: end)]) {
            end = line.index(before: end)
        }
        return String(line[..<end])
    }

    /// Everything up to the brace that closes the one before the text.
    fileprivate var upToClosingBrace: String {
        var depth = 1
        let inside = prefix { character in
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            return depth > 0
        }
        return String(inside)
    }
}
