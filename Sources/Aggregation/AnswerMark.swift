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
    ///
    /// - Parameter lowered: the text's bytes with ASCII letters in lower case.
    func last(in text: String, lowered: UnsafeBufferPointer<UInt8>) -> (position: Int, answer: String)? {
        for phrase in phrases {
            guard let offset = ByteSearch.endOfLast(phrase, in: lowered) else { continue }
            let rest = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
            let answer = self == .box ? rest.upToClosingBrace : rest.restOfLine
            guard answer.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            return (offset, answer)
        }
        return nil
    }

    private var phrases: [StaticString] {
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
