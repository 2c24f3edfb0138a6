/// One answer while it is made: what is left to read, and what chooses, checks and reports each token.
final class GenerationJob {
    let request: GenerationRequest
    let ticket: GenerationTicket
    private var sampler: Sampler
    private var stops: StopTexts
    private var probabilities: LogProbabilityReader?
    private var constraint: GrammarConstraint?
    private let vocabulary: TextCodec
    private let most: Int

    /// Tokens of the prompt that were in the cache already.
    var cached = 0

    /// The token that was chosen last, which the next pass takes in; nil while the prompt is read.
    private(set) var next: Int?

    private var generated = 0
    private let begun: ContinuousClock.Instant
    private var read: ContinuousClock.Instant?

    /// Throws `GenerationRefusal` for a request that the model cannot serve in `context` tokens.
    init(
        _ request: GenerationRequest, _ ticket: GenerationTicket, model: LanguageModel, vocabulary: TextCodec,
        grammarTokens: GrammarTokens, context: Int, now: ContinuousClock.Instant
    ) throws(GenerationRefusal) {
        self.request = request
        self.ticket = ticket
        self.vocabulary = vocabulary
        most = min(request.mostTokens ?? context, context - request.prompt.count)
        do {
            sampler = try Sampler(
                request.sampling, tokenCount: model.tokenCount, seed: request.seed, prompt: request.prompt)
            stops = try StopTexts(request.stops)
            if let likeliest = request.likeliest { probabilities = try LogProbabilityReader(likeliest: likeliest) }
        } catch {
            throw .sampling(error)
        }
        constraint = request.grammar.map {
            GrammarConstraint($0, trie: grammarTokens.tree, ends: vocabulary.ends)
        }
        begun = now
    }

    /// Takes the scores after all that was read or written, chooses a token, and says whether the answer goes on.
    func take(_ scores: Span<Float>, now: () -> ContinuousClock.Instant) -> Bool {
        if read == nil { read = now() }
        let token: Int
        do {
            token = try sampler.next(scores, allowed: constraint?.allowed())
        } catch {
            ticket.fail(error)
            return false
        }
        generated += 1
        let isEnd = vocabulary.ends.contains(token)
        if isEnd && (request.endsAtEndToken || constraint != nil) { return end(.end, now()) }
        let bytes = vocabulary.answerBytes(of: token)
        constraint?.advance(bytes)
        let text = StopTexts.text(of: stops.feed(bytes))
        let likely = probabilities?.read(scores, chosen: token)
        ticket.send(.token(GeneratedToken(id: token, text: text, logProbabilities: likely)))
        if let stop = stops.stopped { return end(.stop(stop), now()) }
        if constraint?.isComplete == true { return end(.end, now()) }
        if generated >= most { return end(.length, now()) }
        next = token
        return true
    }

    private func end(_ reason: GenerationEnd.Reason, _ now: ContinuousClock.Instant) -> Bool {
        let read = read ?? now
        ticket.finish(
            GenerationEnd(
                reason: reason, text: StopTexts.text(of: stops.finish()), promptTokens: request.prompt.count,
                cachedTokens: cached, generatedTokens: generated, promptTime: read - begun,
                generationTime: now - read))
        return false
    }
}
