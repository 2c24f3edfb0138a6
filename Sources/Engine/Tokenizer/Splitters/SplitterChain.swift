/// Cuts with several splitters, each inside the pieces of the one before, as a list of regexes in a tokenizer's file.
package struct SplitterChain: Splitter {
    private let splitters: [any Splitter]

    package init(_ splitters: [any Splitter]) {
        self.splitters = splitters
    }

    package func appendPieceEnds(of row: ScalarRow, from start: Int, to ends: inout [Int]) {
        var pieces = start < row.limit ? [row.limit] : []
        for splitter in splitters {
            var parts: [Int] = []
            var partStart = start
            for end in pieces {
                splitter.appendPieceEnds(of: row.limited(to: end), from: partStart, to: &parts)
                partStart = end
            }
            pieces = parts
        }
        ends.append(contentsOf: pieces)
    }
}
