/// Cuts a text into the pieces inside which a tokenizer merges: a pre-tokenizer.
package protocol Splitter: Sendable {
    /// Where the piece that begins with the character at `start` ends; behind `start`, at most at the row's end.
    func pieceEnd(in row: ScalarRow, from start: Int) -> Int
}

extension Splitter {
    /// The pieces of a row as ranges of bytes; together they are the whole row.
    func pieces(of row: ScalarRow) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        while start < row.count {
            let end = min(max(pieceEnd(in: row, from: start), start + 1), row.count)
            pieces.append(row.starts[start]..<row.starts[end])
            start = end
        }
        return pieces
    }

    /// The pieces of a text.
    package func pieces(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return pieces(of: ScalarRow(bytes[...])).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}
