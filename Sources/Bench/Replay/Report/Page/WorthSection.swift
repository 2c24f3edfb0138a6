/// What each expert is worth, and which categories and skills nobody is good enough at.
struct WorthSection {
    /// More experts than this are only counted.
    private static let mostExperts = 200
    private static let width = 110.0

    let report: ReplayReport

    var markup: Markup { experts + coverage }

    private var experts: Markup {
        let sorted = report.worth.experts.sorted { ($1.accuracy, $0.expert) < ($0.accuracy, $1.expert) }
        guard !sorted.isEmpty else { return "" }
        let isPriced = sorted.contains { $0.savedUsdPerQuestion != nil }
        let isCounted = sorted.contains { $0.changedAnswers != nil }
        var columns: [PageTable.Column] = [
            .init("expert", "l w b"), .init("accuracy"), .init("", "i"), .init("only it<br>is right"),
            .init("oracle falls<br>without it"), .init("share of<br>seats"),
        ]
        if isCounted { columns.append(.init("changed<br>answers")) }
        if isPriced { columns.append(.init("$ / question")) }
        columns.append(.init("", "s"))
        var table = PageTable(columns)
        for worth in sorted.prefix(Self.mostExperts) {
            var cells: [Markup] = [
                "\(worth.expert, most: 80)", "\(Numerals.percent(worth.accuracy))", bar(worth.accuracy, mark: nil),
                "\(Numerals.points(worth.aloneRight))", "\(Numerals.points(worth.oracleLoss))",
                "\(Numerals.points(worth.picks))",
            ]
            if isCounted { cells.append("\(worth.changedAnswers.map(Numerals.points) ?? "–")") }
            if isPriced { cells.append("\(worth.savedUsdPerQuestion.map(Numerals.dollars) ?? "–")") }
            cells.append("\(worth.sentence)")
            table.add(cells)
        }
        let rest = sorted.count - Self.mostExperts
        let more: Markup = rest > 0 ? "<p class=\"note\">And \(rest) more of lower accuracy.</p>" : ""
        return """
            <section><h2>What each expert is worth</h2>
            <p class="note">Shares are per cent of questions, of seats, and of the answers of all strategies that can \
            be used.</p>
            \(table.markup)\(more)</section>
            """
    }

    private var coverage: Markup {
        let categories = report.worth.coverage.filter { $0.kind == .category }
        let skills = report.worth.coverage.filter { $0.kind == .skill }
        guard !categories.isEmpty || !skills.isEmpty else { return "" }
        let open = report.worth.coverage.count { !$0.isCovered }
        let skillTable: Markup =
            skills.isEmpty
            ? ""
            : """
            <details\(categories.isEmpty ? " open" as Markup : "")><summary>\(skills.count) skills, \
            \(skills.count { !$0.isCovered }) of them not covered</summary>\(list(skills, "skill"))</details>
            """
        return """
            <section><h2>Coverage</h2>
            <p class="note">\(open == 0 ? "Somebody is good enough at everything." : "\(open) of \(report.worth.coverage.count) have nobody who is good enough; they stand first.")</p>
            \(categories.isEmpty ? "" : list(categories, "category"))\(skillTable)</section>
            """
    }

    private func list(_ rows: [ReplayReport.Coverage], _ title: Markup) -> Markup {
        var table = PageTable([
            .init(title, "l w b"), .init("questions"), .init("best expert", "l w"), .init("accuracy"), .init("", "i"),
            .init("", "s"),
        ])
        for row in rows.filter({ !$0.isCovered }) + rows.filter(\.isCovered) {
            table.add([
                "\(row.category, most: 80)", "\(Numerals.count(Double(row.questions)))", "\(row.bestExpert, most: 80)",
                "\(Numerals.percent(row.accuracy))", bar(row.accuracy, mark: row.isCovered),
                row.isCovered ? "" : "\(row.sentence)",
            ])
        }
        return table.markup
    }

    /// A bar of 0 to 100 %, coloured by whether it is enough.
    private func bar(_ share: Double, mark isEnough: Bool?) -> Markup {
        let colour: Markup = isEnough.map { $0 ? "var(--good)" : "var(--bad)" } ?? "var(--accent)"
        return """
            <svg width="\(Self.width)" height="10" aria-hidden="true"><rect width="\(Self.width)" height="10" rx="2" \
            fill="var(--grid)"/><rect width="\(min(max(share, 0), 1) * Self.width)" height="10" rx="2" \
            fill="\(colour)" opacity=".75"/></svg>
            """
    }
}
