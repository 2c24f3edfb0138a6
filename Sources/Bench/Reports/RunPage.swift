import Core

/// Runs as one page that needs nothing else: results with intervals, what they cost, paired differences, experts by
/// skill, questions they disagree on.
public struct RunPage: Sendable {
    /// The whole file.
    public let html: String

    /// - Parameter command: the command that makes the same again.
    public init(_ records: [RunRecord], command: String) {
        let pairs = RunPairs(records).comparisons
        let page: Markup = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Runs of \(Self.suites(records))</title>
            <style>\(PageStyle.sheet)</style></head><body><main>
            <header><h1>Runs of \(Self.suites(records))</h1>
            <p class="facts">\(records.count) runs · \(records.reduce(0) { $0 + $1.report.calls }) calls</p></header>
            \(Self.results(records))
            \(RunCostChart(records).markup)
            \(Self.differences(pairs))
            \(Self.heat(SkillHeat(records)))
            \(Self.disagreements(pairs))
            <section><h2>The same again</h2><pre><code>\(command, most: 4000)</code></pre>
            <p class="note">Intervals are Wilson’s, 95 %. Right is what the flexible extractor calls right; every question \
            stands in one column. Differences are paired: p is McNemar’s, exact and two-sided, the interval a bootstrap’s \
            over questions.</p></section>
            </main></body></html>

            """
        html = page.source
    }

    private static func suites(_ records: [RunRecord]) -> String {
        Array(Set(records.map(\.run.suite))).sorted().joined(separator: ", ")
    }

    private static func results(_ records: [RunRecord]) -> Markup {
        var table = PageTable(
            [
                .init("run", "l w b"), .init("suite", "l"), .init("strategy", "l w"), .init("questions"),
                .init("flexible %"), .init("95 %"), .init("strict %"), .init("score"), .init("wrong"), .init("cut"),
                .init("empty"), .init("refused"), .init("failed"), .init("calls"), .init("tokens in"),
                .init("tokens out"), .init("seconds"), .init("loads"), .init("dollars"),
            ])
        for record in records {
            let report = record.report
            table.add([
                "\(report.id, most: 80)\(report.state == .finished ? "" : " (stopped)")", "\(report.suite, most: 60)",
                "\(report.strategy, most: 60)", "\(report.questions)", "\(Numerals.points(report.flexible.share))",
                "\(Numerals.points(report.flexible.low))–\(Numerals.points(report.flexible.high))",
                "\(Numerals.points(report.strict.share))",
                "\(report.meanScore.map { Numerals.decimals($0, 2) } ?? "")", "\(report.wrong)", "\(report.cut)",
                "\(report.empty)", "\(report.refused)", "\(report.failed)", "\(report.calls)",
                "\(Numerals.count(Double(report.promptTokens)))", "\(Numerals.count(Double(report.completionTokens)))",
                "\(Numerals.decimals(report.seconds, 1))", "\(report.visits.reduce(0) { $0 + $1.count })",
                "\(Numerals.dollars(report.dollars))",
            ])
        }
        return "<section><h2>Results</h2>\(table.markup)</section>"
    }

    private static func differences(_ pairs: [RunComparison]) -> Markup {
        guard !pairs.isEmpty else { return "" }
        var table = PageTable(
            [
                .init("first", "l w"), .init("second", "l w"), .init("both right"), .init("only first"),
                .init("only second"), .init("neither"), .init("second − first"), .init("95 %"), .init("p"),
                .init("", "s"),
            ])
        for pair in pairs {
            table.add([
                "\(pair.first, most: 80)", "\(pair.second, most: 80)", "\(pair.bothRight)", "\(pair.onlyFirst)",
                "\(pair.onlySecond)", "\(pair.neither)", "\(Numerals.signedPoints(pair.difference))",
                "\(pair.interval.map { "\(Numerals.signedPoints($0.low)) … \(Numerals.signedPoints($0.high))" } ?? "–")",
                "\(Numerals.decimals(pair.chance, 3))", "\(pair.verdict)",
            ])
        }
        return "<section><h2>Question by question</h2>\(table.markup)</section>"
    }

    private static func heat(_ heat: SkillHeat) -> Markup {
        guard !heat.isEmpty else { return "" }
        let heads = heat.experts.map { expert -> Markup in
            "<th scope=\"col\" class=\"v\"><span class=\"turn\">\(expert.rawValue, most: 40)</span></th>"
        }
        let rows = heat.skills.map { skill -> Markup in
            let cells = heat.experts.map { expert -> Markup in
                let cell = heat[skill, expert]
                guard cell.count > 0 else { return "<td class=\"faint\">–</td>" }
                let share = Double(cell.right) / Double(cell.count)
                return """
                    <td style="background:rgba(var(--heat-rgb),\(share * 0.6))">\(Numerals.points(share))\
                    <small class="soft"> \(cell.right)/\(cell.count)</small></td>
                    """
            }
            return "<tr><th scope=\"row\" class=\"l\">\(skill.rawValue, most: 60)</th>\(cells)</tr>\n"
        }
        return """
            <section><h2>Experts by skill</h2>
            <p class="note">Right answers in per cent to questions that need the skill, from runs of single experts.</p>
            <div class="wide"><table class="heat"><thead><tr><th class="l">skill</th>\(heads)</tr></thead><tbody>
            \(rows)</tbody></table></div></section>
            """
    }

    private static func disagreements(_ pairs: [RunComparison]) -> Markup {
        let sections = pairs.filter { !$0.examples.isEmpty }.prefix(10).map { pair -> Markup in
            var table = PageTable(
                [
                    .init("question", "l w"), .init("right", "l w"), .init("\(pair.first, most: 60)", "s"),
                    .init("\(pair.second, most: 60)", "s"),
                ])
            for example in pair.examples {
                table.add([
                    "\(example.question, most: 80)", "\(example.right, most: 60)", "\(example.first, most: 160)",
                    "\(example.second, most: 160)",
                ])
            }
            return
                "<details><summary>\(pair.first, most: 60) and \(pair.second, most: 60)</summary>\(table.markup)</details>"
        }
        return sections.isEmpty ? "" : "<section><h2>Where they disagree</h2>\(Array(sections))</section>"
    }
}
