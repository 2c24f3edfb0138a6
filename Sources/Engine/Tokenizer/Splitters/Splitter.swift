/// Cuts a text into the pieces inside which a tokenizer merges: a pre-tokenizer.
package protocol Splitter: Sendable {
    /// Appends where the pieces of `row` from the character at `start` up to its limit end; the last is the limit.
    func appendPieceEnds(of row: ScalarRow, from start: Int, to ends: inout [Int])
}

/// Cuts from the left, piece by piece, as one regex with several alternatives does.
package protocol StepSplitter: Splitter {
    /// Where the piece that begins with the character at `start` ends; behind `start`, at most at the row's limit.
    func pieceEnd(in row: ScalarRow, from start: Int) -> Int
}

extension StepSplitter {
    package func appendPieceEnds(of row: ScalarRow, from start: Int, to ends: inout [Int]) {
        var start = start
        while start < row.limit {
            start = min(max(pieceEnd(in: row, from: start), start + 1), row.limit)
            ends.append(start)
        }
    }
}

/// Cuts around the matches of a regex that does not match everywhere: what lies between two of them is a piece too.
package protocol MatchSplitter: StepSplitter {
    /// Where a match that begins at `start` ends, behind `start`; nil when none begins there.
    func matchEnd(in row: ScalarRow, from start: Int) -> Int?
}

extension MatchSplitter {
    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        if let end = matchEnd(in: row, from: start) { return end }
        var end = start + 1
        while end < row.limit, matchEnd(in: row, from: end) == nil { end += 1 }
        return end
    }
}

extension Splitter {
    /// The pieces of a row as ranges of bytes; together they are the whole row.
    func pieces(of row: ScalarRow) -> [Range<Int>] {
        var ends: [Int] = []
        appendPieceEnds(of: row, from: 0, to: &ends)
        return zip([0] + ends, ends).map { row.starts[$0]..<row.starts[$1] }
    }

    /// The pieces of a text.
    package func pieces(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return pieces(of: ScalarRow(bytes[...])).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}
