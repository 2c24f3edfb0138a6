public import Core

/// Who judges the answers of a run, and whose answers they are compared with.
public struct RunJudge: Sendable, Hashable {
    public var expert: ExpertID
    /// The run whose final answers they are compared with; for suites of pairs.
    public var against: String?

    public init(_ expert: ExpertID, against: String? = nil) {
        self.expert = expert
        self.against = against
    }

    /// Judgements are kept like answers; their seats begin here, far behind all others.
    static let firstSeat = 1_000
    /// The longest judgement, in tokens.
    static let maximumTokens = 512
}

/// The judging of one run: which questions judges still have to be asked, and the grades that come of it.
struct RunJudging {
    let order: RunOrder
    let judge: RunJudge
    /// Final answers of the other run, by question.
    let others: [String: String]

    private var judging: Judging { Judging(kind: order.suite.spec.metric.kind) }

    /// What the judge is asked about these endings, but for what is kept already.
    func jobs(_ endings: [SuiteGrader.Ending], kept: Concluder) -> [RunJob] {
        zip(order.questions, endings).flatMap { question, ending -> [RunJob] in
            guard !ending.hasFailed else { return [] }
            let prompts = judging.prompts(question, answer: ending.text, other: others[question.id])
            return prompts.enumerated().compactMap { index, prompt in
                let place = RunPlace(question: question.id, seat: RunJudge.firstSeat + index)
                let sampling = Sampling(temperature: 0, maximumTokens: RunJudge.maximumTokens)
                return kept.isKept(place) ? nil : RunJob(place: place, question: Question(prompt, sampling: sampling))
            }
        }
    }

    /// The grade with what the judge said: right strictly for full marks, flexibly for half of them.
    func graded(_ grade: RunGrade, _ question: GradedQuestion, kept: Concluder) -> RunGrade {
        var grade = grade
        let count = order.suite.spec.metric.kind == .pair ? 2 : 1
        let said = (0..<count).map { index in
            kept.answer(at: RunPlace(question: question.id, seat: RunJudge.firstSeat + index))?.text
        }
        guard let finding = judging.finding(question, said: said) else {
            grade.remark = "no judgement that can be read"
            return grade
        }
        grade.score = finding.score
        grade.remark = finding.remark
        grade.isStrictlyRight = finding.score >= 1
        grade.isFlexiblyRight = finding.score >= 0.5
        return grade
    }
}
