import Core
import Transport

/// Lists for an expert's Batch API: sent as one file, waited for, read as one file.
///
/// Nothing is remembered here: every batch carries its owner's name, so that whoever goes on after an interruption finds
/// at the server what is under way there, also if the interruption came just after it was sent.
struct OpenAIBatches: BatchTaker {
    /// So often in a row a server may fail to say how a batch stands.
    private static let patience = 20

    private let expert: ExpertID
    private let terms: BatchTerms
    private let calls: BatchCalls
    private let lines: BatchLines
    private let time: TimeSource
    private let words: ServerWords
    let price: Price

    init(spec: ExpertSpec, terms: BatchTerms, transport: HTTPTransport, time: TimeSource) {
        expert = spec.card.id
        self.terms = terms
        self.time = time
        price = terms.price ?? spec.card.price.halved
        words = ServerWords(spec)
        let faults = ExpertFaults(spec: spec, now: { time.timestamp() })
        calls = BatchCalls(spec: spec, transport: transport, faults: faults)
        lines = BatchLines(wire: OpenAIWire(spec: spec), faults: faults, time: time, expert: expert)
    }

    func answer(
        _ list: [ListedQuestion], for owner: String, news: @Sendable (BatchNews) -> Void,
        arrived: (String, Result<Answer, Fault>) async throws -> Void
    ) async throws {
        var open = Dictionary(list.map { ($0.id, $0.question) }, uniquingKeysWith: { first, _ in first })
        for batch in try await calls.batches(of: owner) where !batch.isRefused {
            let ended = try await end(of: batch, news)
            // Whatever went wrong then is tried again now.
            for (id, result) in try await results(of: ended, open) {
                guard case .success = result, open.removeValue(forKey: id) != nil else { continue }
                try await arrived(id, result)
            }
        }
        let unasked = list.filter { open[$0.id] != nil }
        for part in try lines.parts(of: unasked) {
            let ended = try await end(of: try await calls.send(part, for: owner), news)
            if ended.isRefused { throw refusal(ended) }
            for (id, result) in try await results(of: ended, open) where open.removeValue(forKey: id) != nil {
                try await arrived(id, result)
            }
        }
        for listed in unasked where open[listed.id] != nil {
            try await arrived(listed.id, .failure(BatchLines.unasked(expert)))
        }
    }

    /// Waits for the end.
    private func end(of sent: RemoteBatch, _ news: @Sendable (BatchNews) -> Void) async throws -> RemoteBatch {
        var batch = sent
        tell(batch, news)
        var failures = 0
        while batch.isOpen {
            try await time.sleep(for: terms.poll)
            do {
                let now = try await calls.batch(batch.id)
                if now != batch { tell(now, news) }
                (batch, failures) = (now, 0)
            } catch let fault as Fault where Self.mayPass(fault) && failures < Self.patience {
                failures += 1
            }
        }
        return batch
    }

    private static func mayPass(_ fault: Fault) -> Bool { fault.code.mayPass || fault.code == .expertTimedOut }

    private func tell(_ batch: RemoteBatch, _ news: @Sendable (BatchNews) -> Void) {
        news(
            BatchNews(
                expert: expert, batch: batch.id, status: batch.status, done: batch.done, total: batch.total))
    }

    /// Answers first: whoever has enough of failures has kept them by then.
    private func results(
        of batch: RemoteBatch, _ questions: [String: Question]
    ) async throws -> [(id: String, result: Result<Answer, Fault>)] {
        var found: [(id: String, result: Result<Answer, Fault>)] = []
        for file in [batch.outputFile, batch.errorFile].compactMap(\.self) {
            found += lines.results(in: try await calls.content(of: file), of: questions)
        }
        return found.filter { $0.result.isSuccess } + found.filter { !$0.result.isSuccess }
    }

    private func refusal(_ batch: RemoteBatch) -> Fault {
        let why = batch.complaint.map { ": " + words.beginning($0, upTo: ExpertFaults.longestMessage) } ?? ""
        return Fault(
            .expertRefused, expert.rawValue, "did not take the batch \(batch.id)\(why)",
            hint: "Leave experts.\(expert).batches out, or run with --no-batches")
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
