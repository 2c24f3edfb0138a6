/// Makes each line break a piece: `[\r\n]`.
struct LineBreakSplitter: MatchSplitter {
    func matchEnd(in row: ScalarRow, from start: Int) -> Int? {
        row.classes[start] == .lineBreak ? start + 1 : nil
    }
}
