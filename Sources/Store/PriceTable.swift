public import Core
import GRDB

/// Prices as they were, and what was spent by them.
extension SQLiteStore: PriceStore {
    /// One line a group, the dearest first. Throws a `Fault`.
    public func spend(
        by grouping: SpendReport.Grouping, since moment: Timestamp
    ) async throws -> [SpendReport.Line] {
        try await read { db in
            try db.rows(Self.report(by: grouping), [moment.microseconds]).map { row in
                SpendReport.Line(
                    name: try row.text("name"), questions: try row.whole("questions"), calls: try row.whole("calls"),
                    promptTokens: try row.whole("prompt_tokens"),
                    completionTokens: try row.whole("completion_tokens"), dollars: try row.number("dollars"),
                    reportedDollars: try row.number("reported"))
            }
        }
    }

    /// A trace's own sums hold its annotation too, which no attempt stands for.
    private static func report(by grouping: SpendReport.Grouping) -> String {
        switch grouping {
        case .expert:
            """
            SELECT attempts.expert AS name, count(DISTINCT attempts.trace) AS questions, count(*) AS calls,
                sum(attempts.prompt_tokens) AS prompt_tokens, sum(attempts.completion_tokens) AS completion_tokens,
                sum(attempts.dollars) AS dollars, total(reported_dollars) AS reported
            FROM attempts JOIN traces ON traces.id = attempts.trace WHERE traces.at >= ?
            GROUP BY 1 ORDER BY dollars DESC, name
            """
        case .key, .route:
            """
            SELECT coalesce(\(grouping.rawValue), '') AS name, count(*) AS questions, sum(calls) AS calls,
                sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
                sum(dollars) AS dollars, total(reported) AS reported
            FROM (SELECT *,
                (SELECT count(*) FROM attempts WHERE trace = traces.id) AS calls,
                (SELECT total(reported_dollars) FROM attempts WHERE trace = traces.id) AS reported
                FROM traces WHERE at >= ?)
            GROUP BY 1 ORDER BY dollars DESC, name
            """
        }
    }

    /// Adds the prices that are not the last known ones of their experts. Throws a `Fault`.
    public func note(_ prices: [PriceRecord]) async throws {
        let known = Dictionary(try await self.prices().map { ($0.expert, $0) }, uniquingKeysWith: { $1 })
        let news = prices.filter { known[$0.expert]?.price != $0.price || known[$0.expert]?.model != $0.model }
        guard !news.isEmpty else { return }
        for record in news { _ = try record.model.plain("model of \(record.expert)") }
        try await write { db in
            for record in news {
                try db.run(
                    """
                    INSERT INTO prices (expert, version, model, input, output, cached, since)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        record.expert.rawValue, record.price.version, record.model, record.price.input,
                        record.price.output, record.price.cached, record.since.microseconds,
                    ])
            }
        }
    }

    /// All prices that were noted, oldest first. Throws a `Fault`.
    public func prices() async throws -> [PriceRecord] {
        try await read { db in
            try db.rows("SELECT * FROM prices ORDER BY position").map { row in
                PriceRecord(
                    expert: ExpertID(try row.text("expert")), model: try row.text("model"),
                    price: Price(
                        input: try row.number("input"), output: try row.number("output"),
                        cached: Double.fromDatabaseValue(row["cached"])),
                    since: Timestamp(microseconds: Int64(try row.whole("since"))))
            }
        }
    }
}
