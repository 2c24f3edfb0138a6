/// Between two experts: how much of the stronger one's advantage each strategy keeps for how many of its calls.
struct StrongWeakSection {
    private static let width = 640.0
    private static let height = 380.0

    let report: ReplayReport

    var markup: Markup {
        var seen: Set<String> = []
        let measured = report.ranked.compactMap { result in
            result.strongWeak.flatMap { seen.insert(result.strategy).inserted ? (result.strategy, $0) : nil }
        }
        guard let (_, first) = measured.first else { return "" }
        var table = PageTable([
            .init("strategy", "l w b"), .init("APGR"), .init("CPT(20 %)"), .init("CPT(50 %)"), .init("CPT(80 %)"),
            .init("IBC lift<br>at half"),
        ])
        for (strategy, result) in measured {
            table.add([
                "\(strategy, most: 80)", "\(Numerals.decimals(result.apgr, 3))", written(result.cpt20),
                written(result.cpt50), written(result.cpt80),
                "\(result.ibcLift.map { Numerals.signedPoints($0) + " %" } ?? "–")",
            ])
        }
        table.add(
            ["optimal", "\(Numerals.decimals(first.optimalApgr, 3))", "", written(first.optimalCpt50), "", ""],
            style: "y")
        return """
            <section><h2>Strong or weak</h2>
            <p class="note">\(first.strong, most: 80) is the stronger of the two, \(first.weak, most: 80) the weaker. \
            The more a curve bends to the upper left, the fewer strong calls buy the same; lots give the straight line \
            (APGR 0.5).</p>
            \(chart(measured.map(\.1), first))\(table.markup)</section>
            """
    }

    private func written(_ share: Double?) -> Markup { "\(share.map(Numerals.percent) ?? "never")" }

    private func chart(_ curves: [ReplayReport.StrongWeakResult], _ first: ReplayReport.StrongWeakResult) -> Markup {
        let across = ChartAxis(low: 0, high: 1, from: 52, to: Self.width - 24, isLogarithmic: false)
        let values = (curves.flatMap(\.curve) + first.optimalCurve).map(\.recovered) + [0, 1]
        let up = ChartAxis(even: values, from: Self.height - 44, to: 12)
        let columns = across.ticks(about: 5).map { tick -> Markup in
            """
            <path class="grid" d="M\(across.place(tick)) 12V\(Self.height - 44)"/><text x="\(across.place(tick))" \
            y="\(Self.height - 26)" text-anchor="middle">\(Numerals.decimals(100 * tick, 0)) %</text>
            """
        }
        let rows = up.ticks(about: 5).map { tick -> Markup in
            """
            <path class="grid" d="M52 \(up.place(tick))H\(Self.width - 24)"/><text x="44" \
            y="\(up.place(tick) + 4)" text-anchor="end">\(Numerals.decimals(100 * tick, 0)) %</text>
            """
        }
        func line(_ points: [ReplayReport.CurvePoint]) -> [Markup] {
            points.map { "\(across.place($0.share)),\(up.place($0.recovered)) " }
        }
        let drawn = curves.enumerated().map { place, curve -> Markup in
            "<polyline points=\"\(line(curve.curve))\" fill=\"none\" stroke=\"var(--c\(place % 8))\" stroke-width=\"1.8\"/>"
        }
        return """
            <figure><div class="wide half"><svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
            aria-label="Performance gap recovered over share of strong calls">\(rows)\(columns)
            <path class="hull" d="M\(across.place(0)) \(up.place(0))L\(across.place(1)) \(up.place(1))"/>
            <polyline class="mark" points="\(line(first.optimalCurve))" stroke-width="1.6"/>\(drawn)
            <text x="\(Self.width - 24)" y="\(Self.height - 6)" text-anchor="end">share of calls to \
            \(first.strong, most: 40)</text></svg></div>\(key(curves.count))</figure>
            """
    }

    private func key(_ count: Int) -> Markup {
        var seen: Set<String> = []
        let names = report.ranked.filter { $0.strongWeak != nil && seen.insert($0.strategy).inserted }.map(\.strategy)
        let entries = names.prefix(count).enumerated().map { place, name -> Markup in
            "<li><i style=\"background:var(--c\(place % 8))\"></i>\(name, most: 40)</li>"
        }
        return "<ul class=\"key\">\(entries)<li><i style=\"background:var(--mark)\"></i>optimal</li></ul>"
    }
}
