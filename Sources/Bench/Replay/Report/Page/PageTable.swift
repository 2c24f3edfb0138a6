/// A table of a page: columns that know how their cells stand, rows of cells.
struct PageTable {
    struct Column {
        var title: Markup
        /// Classes of the sheet; `l` stands to the left.
        var style: String

        init(_ title: Markup, _ style: String = "") {
            self.title = title
            self.style = style
        }
    }

    struct Row {
        var style = ""
        var cells: [Markup]
    }

    var columns: [Column]
    var rows: [Row] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ cells: [Markup], style: String = "") { rows.append(Row(style: style, cells: cells)) }

    /// The table, in a frame that scrolls sideways where the window is narrow.
    var markup: Markup {
        let head = columns.map { column -> Markup in "<th scope=\"col\" class=\"\(column.style)\">\(column.title)</th>"
        }
        let body = rows.map { row -> Markup in
            let cells = zip(columns, row.cells).map { column, cell -> Markup in
                "<td class=\"\(column.style)\">\(cell)</td>"
            }
            return "<tr class=\"\(row.style)\">\(cells)</tr>\n"
        }
        return """
            <div class="wide"><table><thead><tr>\(head)</tr></thead><tbody>
            \(body)</tbody></table></div>
            """
    }
}
