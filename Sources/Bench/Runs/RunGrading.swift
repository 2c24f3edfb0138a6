import Core

/// Makes the grades of a run from what its store holds; nobody is asked.
struct RunGrading {
    let order: RunOrder
    let store: any RunStore
    let programs: (any ProgramRunner)?

    /// What the judge still has to be asked.
    func judgements(_ seats: [RunSeats], in run: String) async throws -> [RunJob] {
        guard let judge = order.judge else { return [] }
        let kept = Concluder(order: order, answers: try await store.answers(in: run))
        let endings = seats.enumerated().map { kept.ending($0, seats: $1) }
        return RunJudging(order: order, judge: judge, others: try await others(of: judge)).jobs(endings, kept: kept)
    }

    /// The grade of every question.
    func grades(_ seats: [RunSeats], in run: String) async throws -> [RunGrade] {
        let kept = Concluder(order: order, answers: try await store.answers(in: run))
        let grader = try SuiteGrader(suite: order.suite, programs: programs)
        let judging = order.judge.map { judge in
            RunJudging(order: order, judge: judge, others: [:])
        }
        var grades: [RunGrade] = []
        for (index, seat) in seats.enumerated() {
            var grade = try await grader.grade(order.questions[index], kept.ending(index, seats: seat))
            if order.suite.spec.metric.needsJudge, let judging {
                grade = judging.graded(grade, order.questions[index], kept: kept)
            }
            grades.append(grade)
        }
        return grades
    }

    private func others(of judge: RunJudge) async throws -> [String: String] {
        guard let against = judge.against else { return [:] }
        return Dictionary(
            try await store.grades(in: against).map { ($0.question, $0.text) }, uniquingKeysWith: { _, last in last })
    }
}
