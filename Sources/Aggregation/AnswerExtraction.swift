public import Core

/// Finds the final answer in what an expert wrote.
///
/// In order: what follows the last mark (`Answer:`, `The answer is`, `####`, `\boxed{…}`), else, for a number, the last
/// number, and for a choice, the last lettered option (arXiv:2503.05641, released code: last allowed letter directly
/// followed by `)`, else the last allowed capital letter standing alone). Text before the last `</think>` is thinking and
/// is not read.
public struct AnswerExtraction: Sendable {
    /// Raised when a rule changes, and stored with what was extracted.
    public static let version = "1"

    /// Letters that may name an option where nobody says how many there are.
    static let mostOptions = 10

    private let shape: AnswerShape

    public init(shape: AnswerShape) { self.shape = shape }

    /// The answer in the form in which two equal answers are equal texts; nil if none is found.
    public func extract(from text: String) -> String? {
        let marked = Self.marked(in: text)
        let spoken = text.afterThinking
        switch shape {
        case .number:
            return marked.flatMap { NumberReading.first(in: $0)?.text }
                ?? NumberReading.last(in: spoken)?.text
        case .choice(let options):
            let letters = ChoiceLetters(options: options)
            return marked.flatMap(letters.first(in:)) ?? letters.last(in: spoken)
        case .exact:
            return canonical(marked ?? spoken.lastLine)
        case .automatic:
            guard let marked else { return canonical(spoken) }
            if let number = NumberReading.whole(marked) { return number.text }
            if let letter = ChoiceLetters(options: Self.mostOptions).whole(marked) { return letter }
            return canonical(marked)
        }
    }

    /// What follows the last mark, up to the end of its line.
    package static func marked(in text: String) -> String? {
        let spoken = text.afterThinking
        return spoken.utf8.map(\.asciiLowered).withUnsafeBufferPointer { lowered in
            AnswerMark.allCases.compactMap { mark in mark.last(in: spoken, lowered: lowered) }
                .max { $0.position < $1.position }
                .map(\.answer)
        }
    }

    private func canonical(_ text: String) -> String? {
        let folded =
            Self.foldedASCII(text) ?? text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        return folded.isEmpty ? nil : folded
    }

    /// The words of a text in ASCII, without making a character of each byte; nil for any other text.
    private static func foldedASCII(_ text: String) -> String? {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        var endsWord = false
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            guard byte.isASCIIWord else {
                endsWord = true
                continue
            }
            if endsWord, !folded.isEmpty { folded.append(UInt8(ascii: " ")) }
            endsWord = false
            folded.append(byte.asciiLowered)
        }
        return String(decoding: folded, as: UTF8.self)
    }
}

extension String {
    /// What stands after the last end-of-thinking mark; everything if there is none.
    public var afterThinking: String {
        var text = self
        guard let end = text.withUTF8({ ByteSearch.endOfLast("</think>", in: $0) }) else { return self }
        return String(decoding: utf8.dropFirst(end), as: UTF8.self)
    }

    /// The last line with anything on it.
    fileprivate var lastLine: String {
        split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }.map(String.init) ?? ""
    }
}
