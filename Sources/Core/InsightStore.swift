/// Reads what is kept as the dashboard shows it: in lines and counts, without the texts that nobody has opened.
public protocol InsightStore: Sendable {
    /// Traces that fit the filter, newest first.
    ///
    /// - Parameter cursor: where the part begins; nil for the newest.
    func lines(_ filter: TraceFilter, after cursor: TraceCursor?, limit: Int) async throws -> TracePage
    /// What people thought of one answer; nil if nobody said.
    func feedback(on trace: String) async throws -> Feedback?
    /// Marks that later ones of the same question have replaced, oldest first.
    func formerMarks() async throws -> [Mark]
    /// Benchmark runs, newest first.
    func runLines(limit: Int) async throws -> [RunLine]
    /// What each expert did in a run, by its name; empty if there is no such run.
    func runShares(in run: String) async throws -> [RunShare]
    /// How the questions of a run ended, in the order first graded.
    func runMarks(in run: String, limit: Int) async throws -> [RunMark]
}
