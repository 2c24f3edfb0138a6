import Bench
import Testing

struct ReplayPageTests {
    private static let large = ReplayPage(MadeUpReplay.large(questions: 200).report(rounds: 50)).html

    @Test func thePageFetchesNothingAndRunsNothing() {
        let page = Self.large
        #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
        for thing in ["<script", "src=", "href=", "url(", "@import", "http://", "https://", "<link", "onload"] {
            #expect(!page.contains(thing), "has \(thing)")
        }
    }

    @Test func everyPartIsThere() {
        for title in [
            "What accuracy costs", "Results", "By category", "Confusion of categories", "Who is asked",
            "The way to the oracle", "What each expert is worth", "Coverage", "The same again",
        ] { #expect(Self.large.contains("<h2>\(title)</h2>"), "no \(title)") }
        #expect(!Self.large.contains("Strong or weak"))
        #expect(Self.large.contains("muster replay made-up.jsonl.gz --folds 5"))
        let pair = ReplayPage(MadeUpReplay.pair(questions: 200).report(rounds: 50)).html
        #expect(pair.contains("<h2>Strong or weak</h2>"))
        #expect(pair.contains("APGR"))
    }

    @Test func everyElementThatOpensCloses() {
        var open: [Substring] = []
        var wrong = 0
        let alone: Set<Substring> = ["meta", "br", "!doctype"]
        for piece in Self.large.split(separator: "<").dropFirst() {
            guard let end = piece.firstIndex(of: ">") else { continue }
            let tag = piece[..<end]
            let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "!" || $0 == "/" }
            if tag.hasPrefix("/") {
                if open.popLast() != name.dropFirst() { wrong += 1 }
            } else if !tag.hasSuffix("/") && !alone.contains(name) {
                open.append(name)
            }
        }
        #expect(wrong == 0)
        #expect(open.isEmpty)
    }

    @Test func hostileNamesStayText() {
        let nasty = "<script>alert(1)</script>\"' onmouseover=x & \u{202E}\u{0}"
        var replay = MadeUpReplay(
            questions: 60, experts: [nasty, "b" + nasty], categories: [nasty, "x</style><img src=x>"])
        replay.table.skills = replay.table.categories.map { _ in [nasty] }
        replay.add(nasty, seats: 1, blur: 1)
        var report = replay.report(rounds: 20)
        report.command = nasty
        report.files = [nasty]
        report.embedder = nasty
        let page = ReplayPage(report).html
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("\"' onmouseover"))
        #expect(!page.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{0}" })
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onmouseover=x &amp; "))
    }

    @Test func aReportOfNearlyNothingHasAPage() {
        let table = ScoreTable(experts: ["a"], scores: [.nan], categories: [-1], categoryNames: [])
        let record = StrategyRecord(
            strategy: "s", seats: 1, aggregation: "first", scores: [.nan], calls: [0], dollars: [.nan],
            activeParameters: [.nan], picks: [0])
        let report = ReplaySummary(table, [record]).report(
            files: [], command: "", folds: 1, seed: 1, embedder: "")
        let page = ReplayPage(report).html
        #expect(page.hasSuffix("</html>\n"))
        #expect(!page.contains("nan"))
        #expect(!page.contains("inf"))
        let empty = ReplaySummary(table, []).report(files: [], command: "", folds: 1, seed: 1, embedder: "")
        #expect(ReplayPage(empty).html.contains("No strategy was replayed"))
    }

    @Test func numbersOfAnySizeFindTheirPlace() {
        var replay = MadeUpReplay.pair(questions: 60)
        replay.table.dollars = [1e-12, 4e9]
        replay.records[0].dollars = replay.records[0].dollars.map { _ in 3e8 }
        let page = ReplayPage(replay.report(rounds: 20)).html
        #expect(!page.contains("nan") && !page.contains("inf") && !page.contains("e-12"))
    }
}
