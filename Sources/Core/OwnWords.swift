extension String {
    /// A sentence on a failure up to where it begins to repeat what an expert's server said; as it is if it does not. The
    /// marks are the wording of `ExpertFaults`.
    package var inOwnWords: String {
        guard let end = Self.marks.compactMap({ $0.end(in: utf8) }).min() else { return self }
        let own = self[..<end] + (self[..<end].hasSuffix("says") ? " that it failed" : "")
        // What was begun in brackets is closed.
        return own.lastIndex(of: "(") ?? startIndex > own.lastIndex(of: ")") ?? startIndex ? own + ")" : String(own)
    }

    /// Up to the first quotation mark, without what leads to it.
    var beforeQuotes: String {
        guard let quote = utf8.firstIndex(of: UInt8(ascii: "\"")) else { return self }
        var own = self[..<quote]
        while let last = own.last, last == " " || last == ":" || last == "(" { own.removeLast() }
        return own.isEmpty ? "failed" : String(own)
    }

    private static let marks = [
        ServersMark("answers with status ", hasNumber: true, before: ": "),
        ServersMark("says", hasNumber: false, before: " \""),
        ServersMark("is not JSON", hasNumber: false, before: ": "),
    ]
}

/// Where our own words end and a server's begin: after some words, perhaps with a number, and before some others.
private struct ServersMark: Sendable {
    private let words: [UInt8]
    private let hasNumber: Bool
    private let next: [UInt8]

    init(_ words: String, hasNumber: Bool, before next: String) {
        self.words = Array(words.utf8)
        self.hasNumber = hasNumber
        self.next = Array(next.utf8)
    }

    /// The end of the first such words in a text.
    func end(in text: String.UTF8View) -> String.Index? {
        var rest = text[...]
        while let found = rest.firstRange(of: words) {
            var after = rest[found.upperBound...]
            if hasNumber { after = after.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
            if after.starts(with: next) { return after.startIndex }
            rest = rest[found.upperBound...]
        }
        return nil
    }
}
