public import Core

/// Groups many questions by expert, so that each expert is visited once and given its whole list.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step G: one entry for each seat; experts in the order first seen.
public struct BatchPlanner: Sendable {
    /// One question for one expert.
    public struct Job: Sendable, Hashable {
        /// Which question of the batch.
        public var question: Int
        /// Which seat of its recruitment.
        public var seat: Int

        public init(question: Int, seat: Int) {
            self.question = question
            self.seat = seat
        }
    }

    /// Everything one expert is asked in a batch.
    public struct Visit: Sendable, Hashable {
        public var expert: ExpertID
        /// In the order of the questions.
        public var jobs: [Job]
    }

    public init() {}

    /// One visit for each expert that has anything left to do.
    ///
    /// - Parameter isDone: jobs that are left out, because an earlier run has their answers.
    public func plan(_ seats: [[ExpertID]], isDone: (Job) -> Bool = { _ in false }) -> [Visit] {
        var visits: [Visit] = []
        var places: [ExpertID: Int] = [:]
        for (question, experts) in seats.enumerated() {
            for (seat, expert) in experts.enumerated() {
                let job = Job(question: question, seat: seat)
                guard !isDone(job) else { continue }
                if let place = places[expert] {
                    visits[place].jobs.append(job)
                } else {
                    places[expert] = visits.count
                    visits.append(Visit(expert: expert, jobs: [job]))
                }
            }
        }
        return visits
    }

    /// Question by question, as they come: neighbours for the same expert share a visit. What grouping is measured
    /// against.
    public func planByArrival(_ seats: [[ExpertID]], isDone: (Job) -> Bool = { _ in false }) -> [Visit] {
        var visits: [Visit] = []
        for (question, experts) in seats.enumerated() {
            for (seat, expert) in experts.enumerated() {
                let job = Job(question: question, seat: seat)
                guard !isDone(job) else { continue }
                if visits.last?.expert == expert {
                    visits[visits.count - 1].jobs.append(job)
                } else {
                    visits.append(Visit(expert: expert, jobs: [job]))
                }
            }
        }
        return visits
    }
}
