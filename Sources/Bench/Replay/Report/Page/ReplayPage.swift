/// A replay as one page that needs nothing else: no script, no font, no picture from anywhere, and none may be fetched.
public struct ReplayPage: Sendable {
    /// The whole file.
    public let html: String

    public init(_ report: ReplayReport) {
        let page: Markup = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Replay of \(Self.facts(of: report))</title>
            <style>\(PageStyle.sheet)</style></head><body><main>
            \(Self.head(of: report))
            \(Self.frontier(of: report))
            \(ResultsSection(report: report).markup)
            \(StrongWeakSection(report: report).markup)
            \(CategorySection(report: report).markup)
            \(ConfusionSection(report: report).markup)
            \(PicksSection(report: report).markup)
            \(GapSection(report: report).markup)
            \(WorthSection(report: report).markup)
            \(Self.foot(of: report))
            </main></body></html>

            """
        html = page.source
    }

    private static func facts(of report: ReplayReport) -> String {
        "\(Numerals.count(Double(report.questions))) questions, \(report.experts) experts"
    }

    private static func head(of report: ReplayReport) -> Markup {
        let learning =
            report.folds > 1
            ? "learned on \(report.folds - 1) folds of \(report.folds), decided on the other" : "one split"
        var marks: [Markup] = [
            mark("one expert by lot", report.random, nil),
            mark("best single expert", report.bestSingle.accuracy, report.bestSingle.expert),
        ]
        if let best = report.bestPerCategory { marks.append(mark("best per true category", best, nil)) }
        let usable = report.ranked.filter { !$0.isYardstick }
        if let top = usable.first {
            marks.append(mark("best strategy", top.accuracy, "\(top.strategy) × \(top.seats)"))
        }
        marks.append(mark("oracle", report.oracle, nil))
        // A percent sign stays with its number.
        let verdict = report.verdict.replacing(" %", with: "\u{A0}%")
        return """
            <header><h1>Replay of recorded answers</h1>
            <p class="facts">\(facts(of: report)) · \(learning) · seed \(String(report.seed)) · embedder \
            \(report.embedder, most: 80)</p>
            <p class="lead">\(verdict, most: 600)</p>
            <dl class="marks">\(marks)</dl></header>
            """
    }

    private static func mark(_ name: String, _ accuracy: Double, _ who: String?) -> Markup {
        let small: Markup = who.map { "<small>\($0, most: 60)</small>" } ?? ""
        return "<div><dt>\(name)</dt><dd>\(Numerals.percent(accuracy))\(small)</dd></div>"
    }

    private static func frontier(of report: ReplayReport) -> Markup {
        guard let chart = FrontierChart(report) else { return "" }
        var table = PageTable([.init("strategy", "l w b"), .init("AIQ %"), .init("above the zero router")])
        for router in chart.costs.routers.sorted(by: { $0.aiq > $1.aiq }) where !router.isYardstick {
            table.add([
                "\(router.strategy, most: 80)", "\(Numerals.points(router.aiq))",
                "\(Numerals.signedPoints(router.aiq - chart.costs.zeroAiq))",
            ])
        }
        return """
            <section><h2>What accuracy costs</h2>\(chart.markup)
            <details><summary>Average over all budgets (AIQ)</summary>\(table.markup)</details></section>
            """
    }

    private static func foot(of report: ReplayReport) -> Markup {
        """
        <section><h2>The same again</h2>
        <pre><code>\(report.command, most: 4000)</code></pre>
        <p class="note">Read: \(report.files.joined(separator: ", "), most: 2000). A percentage point of accuracy is one \
        question in a hundred. APGR and CPT are those of RouteLLM (arXiv:2406.18665), AIQ of RouterBench \
        (arXiv:2403.12031), V<sub>B</sub> and the entropy of RouterEval (arXiv:2503.10657), IBC of AutoMix \
        (arXiv:2310.12963).</p></section>
        """
    }
}
