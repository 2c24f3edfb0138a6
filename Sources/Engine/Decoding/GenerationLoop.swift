/// Makes several answers at once, on a thread of its own: every turn is one pass, in which each answer that is being
/// written takes its next token in and the prompts that wait are read a stretch further.
///
/// Continuous batching (Orca, OSDI 2022): answers join and leave between passes. Law: an answer does not depend on what
/// else is made at the same time, nor on how its prompt was cut into passes, since each row of a pass is computed by
/// itself in the same order of operations.
final class GenerationLoop {
    private let model: LanguageModel
    private let vocabulary: TextCodec
    private let grammarTokens: GrammarTokens
    private let mailbox: GenerationMailbox
    private let bench: Workbench
    private let slots: [GenerationSlot]
    private let context: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private var uses = 0

    /// Tokens of prompts in one pass: while answers are being written fewer, so that they do not halt long.
    private static let promptTokens = 512
    private static let promptTokensBesideAnswers = 128

    init(
        _ model: LanguageModel, vocabulary: TextCodec, bench: Workbench, mailbox: GenerationMailbox,
        slots: Int, context: Int, now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.model = model
        self.vocabulary = vocabulary
        grammarTokens = GrammarTokens(vocabulary, tokenCount: model.tokenCount)
        self.bench = bench
        self.mailbox = mailbox
        self.context = context
        self.now = now
        self.slots = (0..<slots).map { _ in
            GenerationSlot(
                cache: KeyValueCache(
                    shapes: model.transformer.cacheShapes, capacity: context, element: model.cacheElement))
        }
    }

    /// Runs until the mailbox is closed. Answers in the making are then refused.
    func run() {
        while admit() {
            dropAbandoned()
            advance()
        }
        for slot in slots { slot.job?.ticket.fail(GenerationRefusal.closed) }
    }

    private var busy: [GenerationSlot] { slots.filter { $0.job != nil } }

    /// Gives free slots to those who wait; sleeps while there is nothing at all to do. False once closed.
    private func admit() -> Bool {
        let free = slots.count - busy.count
        guard let taken = mailbox.take(most: free, waits: free == slots.count) else { return false }
        for (request, ticket) in taken where !ticket.isAbandoned {
            do {
                let job = try GenerationJob(
                    request, ticket, model: model, vocabulary: vocabulary, grammarTokens: grammarTokens,
                    context: context,
                    now: now())
                uses += 1
                slot(for: request)?.begin(job, use: uses)
            } catch {
                ticket.fail(error)
            }
        }
        return true
    }

    /// The free slot that holds most of the prompt; of equal ones the longest unused.
    private func slot(for request: GenerationRequest) -> GenerationSlot? {
        slots.filter { $0.job == nil }.max { left, right in
            let (first, second) = (left.reusable(for: request), right.reusable(for: request))
            return first == second ? left.lastUse > right.lastUse : first < second
        }
    }

    private func dropAbandoned() {
        for slot in busy where slot.job?.ticket.isAbandoned == true { slot.finish() }
    }

    /// One pass over the answers that are being written, and as much of the prompts as fits beside them.
    private func advance() {
        let writing = busy.filter { !$0.isReading }
        let most = writing.count + (writing.isEmpty ? Self.promptTokens : Self.promptTokensBesideAnswers)
        var rows: [Pass.Row] = []
        var taken: [(slot: GenerationSlot, tokens: ArraySlice<Int>, last: Int)] = []
        for slot in writing + busy.filter(\.isReading) where rows.count < most {
            let tokens = slot.waiting(most: most - rows.count)
            for (place, token) in tokens.enumerated() {
                rows.append(
                    Pass.Row(
                        token: token, position: slot.tokens.count + place, cache: slot.cache,
                        steering: slot.job?.request.steering))
            }
            taken.append((slot, tokens, rows.count - 1))
        }
        guard !rows.isEmpty else { return }
        let pass = Pass(rows, form: .eightBit, bench: bench) {
            taken.allSatisfy { $0.slot.job?.ticket.isAbandoned ?? true }
        }
        let scored = taken.filter { wants($0.slot, $0.tokens) }
        // An abandoned pass calls nothing: what it has begun to take in does not count.
        _ = model.transformer.run(pass, scoring: scored.map(\.last)) { scores in
            for entry in taken { entry.slot.advance(by: entry.tokens) }
            for (place, entry) in scored.enumerated() {
                let row = UnsafeBufferPointer(start: scores[place], count: scores.width)
                let goesOn = entry.slot.job?.take(row.span, now: now) ?? false
                if !goesOn { entry.slot.finish() }
            }
        }
    }

    /// Whether a slot has read or written all it waits with once it has taken `tokens` in.
    private func wants(_ slot: GenerationSlot, _ tokens: ArraySlice<Int>) -> Bool {
        guard let job = slot.job else { return false }
        return job.next != nil || slot.tokens.count + tokens.count == job.request.prompt.count
    }
}
