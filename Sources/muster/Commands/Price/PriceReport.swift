import Core

/// A price as commands show it.
struct PriceReport: Encodable {
    var expert: ExpertID
    var model: String
    var version: String
    var input: Double
    var output: Double
    var cached: Double?
    /// When it was first seen.
    var since: Timestamp?

    init(expert: ExpertID, model: String, price: Price, since: Timestamp?) {
        self.expert = expert
        self.model = model
        self.since = since
        (version, input, output, cached) = (price.version, price.input, price.output, price.cached)
    }

    static func show(_ reports: [PriceReport], asJSON: Bool) throws {
        if asJSON { return try Output.json(reports) }
        var table = TextTable(
            ["expert", "model", "$ input", "$ output", "$ cached", "version", "since"],
            sides: [.left, .left, .right, .right, .right])
        for report in reports {
            table.add([
                report.expert.rawValue, report.model, report.input.inDollars, report.output.inDollars,
                report.cached?.inDollars ?? "–", report.version, report.since.map { CalendarDay(of: $0).text } ?? "–",
            ])
        }
        Output.lines(table.lines)
    }
}
