import Core

/// A visit by post: the expert's server gets the whole list as a batch. It is waited for as long as it takes, and found
/// again by the run's name if that is interrupted.
struct BatchedVisit {
    let expert: ExpertCard
    let taker: any BatchTaker
    let run: String
    let purse: RunPurse
    let news: @Sendable (BatchNews) -> Void

    /// Has every job's question answered, as far as there is money.
    ///
    /// - Parameter arrived: as for `BatchVisit`.
    func ask(_ jobs: [RunJob], arrived: (RunJob, Result<Answer, Fault>) async throws -> Void) async throws {
        var open: [String: RunJob] = [:]
        var list: [ListedQuestion] = []
        for job in jobs {
            let worst = RunPurse.worst(expert, job.question)
            if let refusal = purse.refusal(to: expert, setAside: worst) {
                try await arrived(job, .failure(refusal))
                continue
            }
            let id = "\(job.place.question)#\(job.place.seat)"
            open[id] = job
            list.append(ListedQuestion(id: id, question: job.question))
        }
        guard !list.isEmpty else { return }
        var ending: (any Error)?
        do {
            try await taker.answer(list, for: "\(run)/\(expert.id)", news: news) { id, result in
                guard let job = open.removeValue(forKey: id) else { return }
                do {
                    try await tell(job, result, arrived)
                } catch {
                    ending = error
                    throw error
                }
            }
        } catch let fault as Fault where ending == nil {
            for job in list.compactMap({ open[$0.id] }) { try await tell(job, .failure(fault), arrived) }
        }
    }

    private func tell(
        _ job: RunJob, _ result: Result<Answer, Fault>, _ arrived: (RunJob, Result<Answer, Fault>) async throws -> Void
    ) async throws {
        if case .failure = result { purse.settle(aside: RunPurse.worst(expert, job.question), spent: 0) }
        try await arrived(job, result)
    }
}
