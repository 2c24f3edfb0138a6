/// Rows of text in aligned columns.
struct TextTable {
    /// How a column's cells stand.
    enum Side { case left, right }

    private let sides: [Side]
    private var rows: [[String]]

    /// A table with these headings; missing sides are left.
    init(_ headings: [String], sides: [Side] = []) {
        rows = [headings]
        self.sides = headings.indices.map { $0 < sides.count ? sides[$0] : .left }
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, columns two spaces apart, no spaces at the ends.
    var lines: [String] {
        let widths = sides.indices.map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
                line += (column == 0 ? "" : "  ") + (sides[column] == .right ? padding + cell : cell + padding)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
