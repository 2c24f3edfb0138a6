/// Makes the spaces at the end of a piece one of their own; the regex `\s+$`.
package struct TrailingSpaceSplitter: StepSplitter {
    package init() {}

    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        var spaceStart = row.limit
        while spaceStart > start, row.classes[spaceStart - 1].isSpace { spaceStart -= 1 }
        return spaceStart == start ? row.limit : spaceStart
    }
}
