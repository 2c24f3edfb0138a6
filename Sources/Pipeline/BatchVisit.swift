public import Core

/// Asks one expert its whole list, as many at a time as it takes, and hands over each answer the moment it arrives.
public struct BatchVisit: Sendable {
    private let expert: PatientExpert
    private let time: TimeSource

    /// - Parameter seed: of the waits between tries.
    public init(expert: any Expert, time: TimeSource, seed: UInt64 = 0) {
        self.expert = PatientExpert(expert, time: time, seed: seed)
        self.time = time
    }

    /// Asks every job's question.
    ///
    /// - Parameter arrived: called once for each job in the order of arrival, never two at a time; what it throws ends
    ///   the visit. A fault of the expert is a result like any other.
    public func ask<Job: Sendable>(
        _ jobs: [Job], question: @Sendable (Job) -> Question,
        arrived: (Job, Result<Answer, Fault>) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Job, Result<Answer, Fault>).self) { group in
            var waiting = jobs.makeIterator()
            func start() -> Bool {
                guard let job = waiting.next() else { return false }
                let asked = question(job)
                group.addTask {
                    do {
                        return (job, .success(try await expert.answer(asked, time: time)))
                    } catch let fault as Fault {
                        return (job, .failure(fault))
                    }
                }
                return true
            }
            for _ in 0..<max(1, expert.card.concurrent) where !start() { break }
            while let (job, result) = try await group.next() {
                try await arrived(job, result)
                _ = start()
            }
        }
    }
}
