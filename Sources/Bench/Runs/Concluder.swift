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

    /// What the answers to one question came to, before it is graded.
    func ending(_ index: Int, seats: RunSeats) -> SuiteGrader.Ending {
        switch aggregation(index, seats) {
        case nil:
            let nobody = Verdict(method: "none", expert: nil, ballots: [], agreement: 0, note: "nobody answered")
            return SuiteGrader.Ending(text: "", verdict: nobody, hasFailed: true)
        case .settled(let text, let verdict)?:
            return SuiteGrader.Ending(
                text: text, verdict: verdict, isCut: isCut(text, by: verdict.expert, of: seats),
                finish: answers(to: seats).first { $0.text.hasSuffix(text) }?.finish)
        case .write(let writer, _, var verdict, let otherwise)?:
            let place = RunPlace(question: seats.question, seat: seats.recruitment.seats.count)
            if let written = byPlace[place]?.answer {
                return SuiteGrader.Ending(
                    text: written.text, verdict: verdict, isCut: written.finish == .length, finish: written.finish)
            }
            verdict.expert = verdict.ballots.first?.experts.first
            verdict.note = [verdict.note, "\(writer) could not write the synthesis, the vote stands"]
                .filter { !$0.isEmpty }.joined(separator: "; ")
            return SuiteGrader.Ending(
                text: otherwise, verdict: verdict, isCut: isCut(otherwise, by: nil, of: seats))
        }
    }

    /// What an expert said at a place; nil if nothing.
    func answer(at place: RunPlace) -> Answer? { byPlace[place]?.answer }

    /// True if something is kept for the place: an answer, or a failure to answer.
    func isKept(_ place: RunPlace) -> Bool { byPlace[place] != nil }

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
