public import Core
public import Pipeline

/// Asks experts their canaries and keeps how they did, one round for each expert and skill.
///
/// Questions that an expert fails to answer at all count for nothing: that is what breakers see. A round of which less
/// than half is answered is no round.
public struct CanaryRun: Sendable {
    /// One expert's canaries in one skill.
    public struct Place: Sendable, Hashable {
        public var expert: ExpertID
        public var skill: SkillName

        public init(expert: ExpertID, skill: SkillName) {
            self.expert = expert
            self.skill = skill
        }
    }

    /// Enough to think it over and end with an answer.
    private static let maximumTokens = 512

    private let plan: CanaryPlan
    private let directory: ExpertDirectory
    private let store: any CanaryStore
    private let time: TimeSource

    public init(_ plan: CanaryPlan, directory: ExpertDirectory, store: any CanaryStore, time: TimeSource) {
        self.plan = plan
        self.directory = directory
        self.store = store
        self.time = time
    }

    /// Who is to be asked what now, expert by expert, and how long until the next one is.
    ///
    /// - Parameter every: from one round to the next.
    public func due(every: Duration) async throws -> (places: [Place], wait: Duration) {
        var latest: [Place: Timestamp] = [:]
        for round in try await store.canaryRounds() where round.identity == plan.identity(round.expert, round.skill) {
            latest[Place(expert: round.expert, skill: round.skill)] = round.at
        }
        let now = time.timestamp()
        var (places, wait) = ([Place](), every)
        for place in plan.places {
            let age = latest[place].map { Duration.microseconds(now.microseconds - $0.microseconds) } ?? every
            if age >= every { places.append(place) } else { wait = min(wait, every - age) }
        }
        return (places, wait)
    }

    /// Asks a round.
    ///
    /// - Returns: nil if the expert is paused, away, or answered less than half.
    public func ask(_ place: Place) async throws -> CanaryRound? {
        guard let identity = plan.identity(place.expert, place.skill),
            let canaries = plan.canaries.first(where: { $0.skill.name == place.skill }),
            let expert = try? directory.expert(place.expert)
        else { return nil }
        var result = WilsonShare()
        try await BatchVisit(expert: expert, time: time).ask(
            canaries.questions, question: { $0.asked(maximumTokens: Self.maximumTokens) }
        ) { question, came in
            guard case .success(let answer) = came else { return }
            result.of += 1
            if question.isRight(answer) { result.right += 1 }
        }
        guard result.of * 2 >= canaries.questions.count else { return nil }
        let round = CanaryRound(
            expert: place.expert, skill: place.skill, identity: identity, result: result, at: time.timestamp())
        try await store.add(round)
        return round
    }
}

extension CanaryPlan {
    /// Every expert with every skill.
    public var places: [CanaryRun.Place] {
        experts.flatMap { expert in skills.map { CanaryRun.Place(expert: expert, skill: $0) } }
    }
}
