/// Reads the keywords out of an annotating expert's reply.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, released code: the text after the last `Keywords:`, split at commas, stripped,
/// lower-cased, full stops deleted. We differ in two places: only the first line after the mark is read (the code reads
/// to the end, so that a chatty expert's afterword becomes keywords), and empty pieces are dropped.
public enum KeywordReply {
    /// The mark that the expert is asked to begin with.
    public static let mark = "Keywords:"

    /// The keywords in order, repeats kept; empty if the mark is missing.
    public static func keywords(in reply: String) -> [String] {
        let lowered = reply.lowercased()
        guard let start = lowered.endOfLast(mark.lowercased()) else { return [] }
        let list = lowered[start...].drop { $0 == " " || $0.isNewline || $0 == "*" }.prefix { !$0.isNewline }
        return list.split(separator: ",").map { piece in
            piece.filter { $0 != "." }.trimmed(of: " \t\"'*`")
        }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// The index after the last occurrence of a text; nil if there is none.
    func endOfLast(_ mark: String) -> Index? {
        var found: Index?
        var from = startIndex
        while let range = self[from...].firstRange(of: mark) {
            found = range.upperBound
            from = range.upperBound
        }
        return found
    }

    /// Without any of these characters at either end.
    func trimmed(of characters: String) -> String {
        let front = drop { characters.contains($0) }
        var end = front.endIndex
        while end > front.startIndex {
            let before = front.index(before: end)
            guard characters.contains(front[before]) else { break }
            end = before
        }
        return String(front[front.startIndex..<end])
    }
}
