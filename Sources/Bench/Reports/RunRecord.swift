public import Core

/// Everything that a store holds of a run, read at once for reports.
public struct RunRecord: Sendable {
    public let run: Run
    public let report: RunReport
    let answers: [RunAnswer]
    /// By question.
    let grades: [String: RunGrade]
    let needs: [String: [SkillName]]

    /// Throws a `Fault`, `unknownRun` with the nearest id if there is no such run.
    public init(_ id: String, from store: any RunStore) async throws {
        let run = try await store.existing(id)
        let grades = try await store.grades(in: id)
        self.init(
            run, answers: try await store.answers(in: id), grades: grades, seats: try await store.seats(in: id),
            visits: try await store.visits(in: id))
    }

    package init(_ run: Run, answers: [RunAnswer], grades: [RunGrade], seats: [RunSeats], visits: [RunVisits]) {
        self.run = run
        self.answers = answers
        self.grades = Dictionary(grades.map { ($0.question, $0) }, uniquingKeysWith: { _, last in last })
        needs = Dictionary(seats.map { ($0.question, $0.need.skills) }, uniquingKeysWith: { first, _ in first })
        report = RunReport(run, answers: answers, grades: grades, visits: visits)
    }

    /// The one expert that a run is about; nil if there are several.
    var onlyExpert: ExpertID? {
        for prefix in ["single:", "self:"] where run.strategy.hasPrefix(prefix) {
            return ExpertID(String(run.strategy.dropFirst(prefix.count)))
        }
        return nil
    }
}
