/// Reads the letter of an option: A, B, C …
struct ChoiceLetters {
    private let letters: [Character]

    /// - Parameter options: how many options there are, 2 to 26.
    init(options: Int) {
        letters = (0..<min(max(options, 2), 26)).map { Character(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
    }

    /// The letter if the text is nothing else: `B`, `(b)`, `B) 12`, `b.`
    func whole(_ text: String) -> String? {
        let parts = text.split { !$0.isLetter && !$0.isNumber }
        guard let first = parts.first, first.count == 1, let letter = allowed(first.first) else { return nil }
        let isAlone = parts.count == 1
        let isLabel = text.drop { !$0.isLetter }.dropFirst().first.map { ")].:".contains($0) } ?? true
        return isAlone || isLabel ? letter : nil
    }

    /// The first letter standing alone, upper case before lower case.
    func first(in text: String) -> String? {
        if let letter = whole(text) { return letter }
        let words = text.split { !$0.isLetter && !$0.isNumber }.filter { $0.count == 1 }
        return words.lazy.compactMap { $0.first.flatMap { letters.contains($0) ? String($0) : nil } }.first
    }

    /// The last letter directly followed by `)`, else the last capital one standing alone.
    func last(in text: String) -> String? {
        var before: Character?
        var closed: String?
        var alone: String?
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            defer { before = character }
            guard letters.contains(character), before.map({ !$0.isLetter && !$0.isNumber }) ?? true else { continue }
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            if next == ")" { closed = String(character) }
            if next.map({ !$0.isLetter && !$0.isNumber }) ?? true { alone = String(character) }
        }
        return closed ?? alone
    }

    private func allowed(_ character: Character?) -> String? {
        guard let upper = character?.uppercased().first, letters.contains(upper) else { return nil }
        return String(upper)
    }
}
