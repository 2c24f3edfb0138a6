/// The words of a command, as far as finding options in it needs them: quotes, comments, line ends, and a script that is
/// handed to a shell.
struct CommandWords {
    let words: [String]

    /// Scripts within scripts are read so deep.
    private static let deepest = 4
    private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "zsh", "ksh", "fish"]

    init(_ command: String) { words = Self.read(command, depth: 0) }

    /// What follows an option, or stands behind its `=`; the last one counts, as with llama.cpp.
    func value(of names: [String]) -> String? {
        var found: String?
        for (index, word) in words.enumerated() {
            if names.contains(word), index + 1 < words.count { found = words[index + 1] }
            for name in names where word.hasPrefix(name + "=") { found = String(word.dropFirst(name.count + 1)) }
        }
        return found
    }

    /// The same for a whole number; words that are none are passed over.
    func number(of names: [String]) -> Int? {
        var found: Int?
        for (index, word) in words.enumerated() {
            if names.contains(word), index + 1 < words.count { found = Int(words[index + 1]) ?? found }
            for name in names where word.hasPrefix(name + "=") { found = Int(word.dropFirst(name.count + 1)) ?? found }
        }
        return found
    }

    /// True if one of these stands there.
    func has(_ names: [String]) -> Bool { words.contains(where: names.contains) }

    private static func read(_ command: String, depth: Int) -> [String] {
        let lines = command.split(whereSeparator: \.isNewline).filter { line in
            line.first { !$0.isWhitespace } != "#"
        }
        let words = split(lines.joined(separator: "\n"))
        // bash -c "…": what the shell runs is in one word.
        for (index, word) in words.enumerated() where depth < deepest && index + 2 < words.count {
            let name = word.split(separator: "/").last.map(String.init) ?? word
            let flags = words[index + 1]
            if shells.contains(name), flags.hasPrefix("-"), !flags.hasPrefix("--"), flags.hasSuffix("c") {
                return Array(words[..<index]) + read(words[index + 2], depth: depth + 1)
            }
        }
        return words
    }

    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var signs = text.makeIterator()
        while let sign = signs.next() {
            if let open = quote {
                if sign == open {
                    quote = nil
                } else if sign == "\\", open == "\"" {
                    word = (word ?? "") + escaped(signs.next(), isQuoted: true)
                } else {
                    word?.append(sign)
                }
            } else if sign == "\"" || sign == "'" {
                quote = sign
                word = word ?? ""
            } else if sign == "\\" {
                let rest = escaped(signs.next(), isQuoted: false)
                if word != nil || !rest.isEmpty { word = (word ?? "") + rest }
            } else if sign.isWhitespace || ";|&".contains(sign) {
                if let ended = word { words.append(ended) }
                word = nil
            } else {
                word = (word ?? "") + String(sign)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// What a backslash and the sign behind it stand for: paths of Windows keep theirs.
    private static func escaped(_ sign: Character?, isQuoted: Bool) -> String {
        guard let sign else { return "\\" }
        if sign.isNewline { return "" }
        let isMeant = sign == "\\" || sign == "\"" || (!isQuoted && (sign == "'" || sign.isWhitespace))
        return isMeant ? String(sign) : "\\" + String(sign)
    }
}
