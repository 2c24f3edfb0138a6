import Foundation
public import Kernels

/// Writes answers with a model: takes requests from anywhere, makes several at a time, streams each as it grows.
///
/// The model, its caches and a thread stay until `close`. Giving up the stream of an answer ends it within one token.
public final class Generator: Sendable {
    /// The model that writes.
    public let model: LanguageModel

    /// Its tokens, as text.
    public let vocabulary: TextCodec

    /// Most tokens of a prompt and its answer together.
    public let contextTokens: Int

    private let mailbox = GenerationMailbox()

    /// A generator of up to `slots` answers at a time, in `contextTokens` each (at most, and by default, the model's
    /// own), computed on `team`.
    public init(
        _ model: LanguageModel, vocabulary: TextCodec, team: ThreadTeam, slots: Int = 1,
        contextTokens: Int? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        precondition(slots >= 1, "a generator has room for an answer")
        self.model = model
        self.vocabulary = vocabulary
        let context = min(contextTokens ?? model.contextLength, model.contextLength)
        self.contextTokens = context
        let mailbox = mailbox
        let thread = Thread {
            GenerationLoop(
                model, vocabulary: vocabulary, bench: Workbench(team: team), mailbox: mailbox, slots: slots,
                context: context, now: now
            ).run()
        }
        thread.name = "muster-generator"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The answer to `request`, token by token. Throws `GenerationRefusal` at once for one that the model cannot serve;
    /// the stream throws what happens later.
    public func answer(
        to request: GenerationRequest
    ) throws(GenerationRefusal) -> AsyncThrowingStream<GenerationEvent, any Error> {
        try check(request)
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: GenerationEvent.self)
        let ticket = GenerationTicket(continuation)
        continuation.onTermination = { _ in ticket.abandon() }
        guard mailbox.put(request, ticket) else { throw .closed }
        return stream
    }

    /// Requests that wait for a slot.
    public var waiting: Int { mailbox.count }

    /// Ends the thread; answers in the making are refused.
    public func close() { mailbox.close() }

    private func check(_ request: GenerationRequest) throws(GenerationRefusal) {
        guard !request.prompt.isEmpty else { throw .emptyPrompt }
        if let id = request.prompt.first(where: { $0 < 0 || $0 >= model.tokenCount }) {
            throw .token(id, tokenCount: model.tokenCount)
        }
        guard request.prompt.count < contextTokens else {
            throw .tooLong(prompt: request.prompt.count, context: contextTokens)
        }
        if let most = request.mostTokens, most < 1 { throw .mostTokens(most) }
        guard let steering = request.steering else { return }
        if let misfit = steering.misfit(expertCounts: model.expertCounts) {
            throw .steering(layer: misfit.layer, expert: misfit.expert)
        }
        guard steering.fewestLeft(expertCounts: model.expertCounts) >= 1 else { throw .allMasked }
    }
}
