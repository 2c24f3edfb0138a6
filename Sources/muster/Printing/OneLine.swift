extension String {
    /// On one line, at most so long; what is missing is marked.
    func onOneLine(upTo limit: Int) -> String {
        let words = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= limit ? words : words.prefix(limit - 1).trimmingSuffix(while: \.isWhitespace) + "…"
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isLoose: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isLoose(last) { text.removeLast() }
        return String(text)
    }
}
