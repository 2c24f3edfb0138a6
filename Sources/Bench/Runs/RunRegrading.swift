public import Core

/// Grades a run anew with the extractors of today, from the answers that it holds; nobody is asked.
public struct RunRegrading: Sendable {
    /// What it changed.
    public struct Outcome: Sendable, Hashable, Codable {
        public var id: String
        public var questions: Int
        /// Grades that another version of extractors and metric had made, and the versions.
        public var before: [String]
        public var now: String
        /// Questions that became right, or wrong, by the strict and by the flexible extractor.
        public var strictGained: Int
        public var strictLost: Int
        public var flexibleGained: Int
        public var flexibleLost: Int
    }

    private let store: any RunStore
    private let programs: (any ProgramRunner)?

    public init(store: any RunStore, programs: (any ProgramRunner)? = nil) {
        self.store = store
        self.programs = programs
    }

    /// Replaces the grades of a run.
    ///
    /// - Parameter order: as the run was started.
    /// - Throws: a `Fault` if the run is about something else; no grade is replaced then.
    public func regrade(_ id: String, as order: RunOrder) async throws -> Outcome {
        let run = try await store.existing(id)
        guard run.suite == order.suite.id, run.data == SuiteFile.fingerprint(of: order.questions) else {
            throw Fault(
                .invalidRequest, "run \(id)",
                "is about \(run.questionCount) other questions than the \(order.questions.count) given",
                hint: "Give the same --data and --limit as for the run")
        }
        let kept = Dictionary(
            try await store.seats(in: id).map { ($0.question, $0) }, uniquingKeysWith: { first, _ in first })
        let seats = try order.questions.map { question in
            guard let seats = kept[question.id] else {
                throw Fault(.invalidRequest, "run \(id)", "was stopped before anyone was asked")
            }
            return seats
        }
        let old = Dictionary(
            try await store.grades(in: id).map { ($0.question, $0) }, uniquingKeysWith: { _, last in last })
        let new = try await RunGrading(order: order, store: store, programs: programs).grades(seats, in: id)
        for grade in new { try await store.keep(grade, in: id) }
        func count(_ isChange: (RunGrade, RunGrade) -> Bool) -> Int {
            new.count { grade in old[grade.question].map { isChange($0, grade) } ?? false }
        }
        return Outcome(
            id: id, questions: new.count,
            before: Set(old.values.map { $0.graded ?? "an earlier version" }).sorted(), now: new.first?.graded ?? "",
            strictGained: count { !$0.isStrictlyRight && $1.isStrictlyRight },
            strictLost: count { $0.isStrictlyRight && !$1.isStrictlyRight },
            flexibleGained: count { !$0.isFlexiblyRight && $1.isFlexiblyRight },
            flexibleLost: count { $0.isFlexiblyRight && !$1.isFlexiblyRight })
    }
}
