/// Splits text into the words that the lexical annotator compares: lower case, letters and digits, plural s removed.
enum Words {
    /// Words too frequent in English to point at a skill by themselves; they still count inside phrases.
    static let frequent: Set<String> = [
        "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but",
        "by",
        "can", "could", "did", "do", "doe", "each", "for", "from", "give", "given", "had", "has", "have", "he", "her",
        "him", "his", "how", "i", "if", "in", "into", "is", "it", "many", "may", "more", "most", "much", "must", "need",
        "no", "not", "of", "on", "one", "only", "or", "other", "out", "over", "she", "should", "so", "some", "such",
        "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "two", "up",
        "use", "used", "using", "wa", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will",
        "with", "would", "you", "your", "question", "answer", "ask", "find", "name", "word",
    ]

    /// The words of a text in order; at most `limit`, so that a huge question costs no more than a long one.
    static func of(_ text: some StringProtocol, limit: Int = 2_000) -> [String] {
        var words: [String] = []
        var current: [UInt8] = []
        func close() {
            guard !current.isEmpty else { return }
            makeSingular(&current)
            words.append(String(decoding: current, as: UTF8.self))
            current.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                current.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): current.append(byte | 0x20)
            case UInt8(ascii: "'"): continue
            default: close()
            }
            if words.count >= limit { return words }
        }
        close()
        return words
    }

    private static func makeSingular(_ word: inout [UInt8]) {
        guard word.count > 3, word.last == UInt8(ascii: "s") else { return }
        let before = word[word.count - 2]
        guard before != UInt8(ascii: "s"), before != UInt8(ascii: "u") else { return }
        word.removeLast()
        guard word.suffix(2).elementsEqual("ie".utf8) else { return }
        word.removeLast(2)
        word.append(UInt8(ascii: "y"))
    }
}
