/// Where an expert stands in a skill by its canaries: how it began, how it does now, and whether it fell.
///
/// The first rounds, until they hold `baseline` answers, say how it began. A later round whose whole interval lies below the
/// whole interval of the beginning makes it suspect; a second one in a row, and it has fallen: chance alone does that
/// hardly once in a thousand rounds. It has recovered when a round's share is back within the interval of the beginning.
public struct CanaryStanding: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var skill: SkillName
    /// How it began; the first rounds.
    public var before: WilsonShare
    /// The latest round; nil while the beginning is not settled.
    public var now: WilsonShare?
    public var at: Timestamp
    /// The latest round lies below, and was not confirmed yet.
    public var isSuspect = false
    /// Since when it has been demoted; nil if it is not.
    public var demotedSince: Timestamp?

    /// - Parameter rounds: of one expert, skill and identity, oldest first; nil if there are none.
    public init?(_ rounds: [CanaryRound], baseline: Int) {
        guard let first = rounds.first else { return nil }
        (expert, skill, before, at) = (first.expert, first.skill, WilsonShare(), first.at)
        for round in rounds {
            at = round.at
            guard before.of >= baseline else {
                before = before + round.result
                continue
            }
            now = round.result
            let isBelow = round.result.high < before.low
            if isBelow, isSuspect { demotedSince = demotedSince ?? round.at }
            if round.result.share >= before.low { demotedSince = nil }
            isSuspect = isBelow
        }
        if demotedSince != nil { isSuspect = false }
    }

    /// Why it is not recruited for questions that need the skill; nil if it is.
    public var obstacle: String? {
        guard let demotedSince, let now else { return nil }
        return "demoted in \(skill): its canaries fell from \(before.text) to \(now.text) on "
            + CalendarDay(of: demotedSince).text
    }
}

/// Where every expert stands by its canaries.
public struct CanaryBook: Sendable, Hashable {
    /// By expert, then skill.
    public let standings: [CanaryStanding]
    private let demotions: [ExpertID: [SkillName: CanaryStanding]]

    public static let empty = CanaryBook([])

    public init(_ standings: [CanaryStanding]) {
        self.standings = standings.sorted { ($0.expert, $0.skill) < ($1.expert, $1.skill) }
        demotions = Dictionary(grouping: standings.filter { $0.demotedSince != nil }, by: \.expert)
            .mapValues { Dictionary($0.map { ($0.skill, $0) }, uniquingKeysWith: { _, last in last }) }
    }

    /// What the rounds say.
    ///
    /// - Parameter identity: what counts for an expert and a skill now; nil if nothing does.
    public init(
        _ rounds: [CanaryRound], baseline: Int, identity: (ExpertID, SkillName) -> String?
    ) {
        struct Place: Hashable {
            var expert: ExpertID
            var skill: SkillName
        }
        let places = Dictionary(grouping: rounds) { Place(expert: $0.expert, skill: $0.skill) }
        self.init(
            places.compactMap { place, rounds in
                guard let wanted = identity(place.expert, place.skill) else { return nil }
                return CanaryStanding(rounds.filter { $0.identity == wanted }, baseline: baseline)
            })
    }

    /// Where one expert stands in one skill; nil if it was never asked.
    public func standing(of expert: ExpertID, in skill: SkillName) -> CanaryStanding? {
        standings.first { $0.expert == expert && $0.skill == skill }
    }

    /// The skills in which an expert is demoted, in name order.
    public func demotedSkills(of expert: ExpertID) -> [SkillName] { (demotions[expert] ?? [:]).keys.sorted() }

    /// Why an expert is not recruited for a need; nil if nothing speaks against it.
    public func obstacle(for expert: ExpertID, needing skills: [SkillName]) -> String? {
        guard let fallen = demotions[expert] else { return nil }
        return skills.lazy.compactMap { fallen[$0]?.obstacle }.first
    }
}
