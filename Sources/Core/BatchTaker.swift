/// An expert whose server takes a whole list of questions at once and answers it within a day, for less money: OpenAI's
/// Batch API, and what imitates it.
public protocol BatchTaker: Sendable {
    /// What tokens cost there.
    var price: Price { get }

    /// Has a list answered, and waits until it is: for hours, if it takes hours.
    ///
    /// What was sent for the same owner before is not sent again: its answers are waited for and handed over.
    ///
    /// - Parameters:
    ///   - owner: whose list it is; nobody else's has this name.
    ///   - news: hears how each batch stands, whenever that has changed.
    ///   - arrived: called once for each question, answers before failures, never two at a time; what it throws ends
    ///     the wait, not the batch.
    /// - Throws: a `Fault` if the server does not take the list, or cannot be reached any more; those questions of which
    ///   nothing was heard are then open.
    func answer(
        _ list: [ListedQuestion], for owner: String, news: @Sendable (BatchNews) -> Void,
        arrived: (String, Result<Answer, Fault>) async throws -> Void) async throws
}

/// One question of a list.
public struct ListedQuestion: Sendable {
    /// Unique in its list.
    public var id: String
    public var question: Question

    public init(id: String, question: Question) {
        self.id = id
        self.question = question
    }
}

/// How a batch at another server stands.
public struct BatchNews: Sendable, Hashable {
    public var expert: ExpertID
    /// As its server calls it.
    public var batch: String
    /// As its server calls it: `in_progress`, `completed` …
    public var status: String
    public var done: Int
    public var total: Int

    public init(expert: ExpertID, batch: String, status: String, done: Int, total: Int) {
        self.expert = expert
        self.batch = batch
        self.status = status
        self.done = done
        self.total = total
    }
}

/// How lists are sent to an expert: `batches:` of its entry in `config.yaml`.
public struct BatchTerms: Sendable, Hashable {
    /// What tokens cost in a batch; nil for half of the usual, as most providers have it.
    public var price: Price?
    /// How often the server is asked whether it is done.
    public var poll: Duration

    public init(price: Price? = nil, poll: Duration = .seconds(30)) {
        self.price = price
        self.poll = poll
    }
}

extension Price {
    /// Half of everything.
    public var halved: Price { Price(input: input / 2, output: output / 2, cached: cached.map { $0 / 2 }) }
}
