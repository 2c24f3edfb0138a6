/// Names that may stand in our settings, made of names that may hold anything; none is given twice.
struct ImportedNames {
    private var taken: Set<String> = []
    /// The number that is tried next for a name that is taken.
    private var next: [String: Int] = [:]

    /// A name that nothing else has.
    mutating func take(like written: String) -> String {
        let plain = Self.name(from: written)
        var name = plain
        while !taken.insert(name).inserted {
            let number = next[plain, default: 2]
            next[plain] = number + 1
            name = "\(plain.prefix(56))-\(number)"
        }
        return name
    }

    /// A name for each text. Those that are names as they stand keep them, whatever comes before them.
    mutating func take(all written: [String]) -> [String: String] {
        var names: [String: String] = [:]
        for text in written where names[text] == nil && Self.name(from: text) == text {
            names[text] = take(like: text)
        }
        for text in written where names[text] == nil { names[text] = take(like: text) }
        return names
    }

    /// The nearest thing to a text that may be a name here.
    static func name(from written: String) -> String {
        let lowered = written.lowercased().map { NamedSettings.isName(String($0)) ? $0 : "-" }
        let name = String(lowered.prefix(64)).trimmingHyphens
        return name.isEmpty ? "expert" : name
    }

    /// The nearest thing to a text that may be the name of an environment variable.
    static func variable(from written: String) -> String {
        let plain = String(written.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return EnvironmentText.isVariable(plain) ? plain : "_" + plain
    }
}

extension String {
    fileprivate var trimmingHyphens: String {
        var text = self[...]
        while text.first == "-" { text.removeFirst() }
        while text.last == "-" { text.removeLast() }
        return String(text)
    }
}
