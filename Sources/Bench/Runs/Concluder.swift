import Aggregation
import Core

/// Makes one graded answer of the seats' answers to each question of a run.
struct Concluder {
    private let order: RunOrder
    private let byPlace: [RunPlace: RunAnswer]

    init(order: RunOrder, answers: [RunAnswer]) {
        self.order = order
        byPlace = Dictionary(answers.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What writers still have to be asked, by writer.
    func syntheses(for seats: [RunSeats]) -> [ExpertID: [RunJob]] {
        var jobs: [ExpertID: [RunJob]] = [:]
        for (index, seat) in seats.enumerated() {
            guard case .write(let writer, let asking, _, _)? = aggregation(index, seat) else { continue }
            let place = RunPlace(question: seat.question, seat: seat.recruitment.seats.count)
            guard byPlace[place] == nil else { continue }
            jobs[writer, default: []].append(RunJob(place: place, question: asking))
        }
        return jobs
    }

    /// The graded conclusion of one question.
    func grade(_ index: Int, seats: RunSeats) -> RunGrade {
        let grader = SuiteGrader(suite: order.suite)
        let question = order.questions[index]
        switch aggregation(index, seats) {
        case nil:
            let nobody = Verdict(method: "none", expert: nil, ballots: [], agreement: 0, note: "nobody answered")
            return grader.grade(question, text: "", verdict: nobody, isCut: false, hasFailed: true)
        case .settled(let text, let verdict)?:
            return grader.grade(
                question, text: text, verdict: verdict, isCut: isCut(text, by: verdict.expert, of: seats),
                hasFailed: false)
        case .write(let writer, _, var verdict, let otherwise)?:
            let place = RunPlace(question: seats.question, seat: seats.recruitment.seats.count)
            if let written = byPlace[place]?.answer {
                return grader.grade(
                    question, text: written.text, verdict: verdict, isCut: written.finish == .length, hasFailed: false)
            }
            verdict.expert = verdict.ballots.first?.experts.first
            verdict.note = [verdict.note, "\(writer) could not write the synthesis, the vote stands"]
                .filter { !$0.isEmpty }.joined(separator: "; ")
            return grader.grade(
                question, text: otherwise, verdict: verdict, isCut: isCut(otherwise, by: nil, of: seats),
                hasFailed: false)
        }
    }

    private func aggregation(_ index: Int, _ seats: RunSeats) -> Aggregation? {
        let weights = Dictionary(
            seats.recruitment.suitabilities.map { ($0.expert, $0.weight) }, uniquingKeysWith: { first, _ in first })
        let candidates = answers(to: seats).map { Candidate(answer: $0, suitability: weights[$0.expert] ?? 1) }
        guard !candidates.isEmpty else { return nil }
        let recruited = Set(seats.recruitment.experts)
        let strongest = order.strategy.writers.first(where: recruited.contains)
        // A writer sits alone, so it is asked greedily.
        return order.strategy.aggregation.makeAggregator(chosen: strongest).aggregate(
            candidates, of: order.question(index, seat: 0, of: 1))
    }

    /// True if every answer that this text may come from was cut.
    ///
    /// - Parameter expert: whose text it is; nil for any.
    private func isCut(_ text: String, by expert: ExpertID?, of seats: RunSeats) -> Bool {
        let matching = answers(to: seats).filter { (expert == nil || $0.expert == expert) && $0.text.hasSuffix(text) }
        return !matching.isEmpty && matching.allSatisfy { $0.finish == .length }
    }

    private func answers(to seats: RunSeats) -> [Answer] {
        seats.recruitment.seats.indices.compactMap { byPlace[.init(question: seats.question, seat: $0)]?.answer }
    }
}
