import Bench
import Core
import Routing
import Support

/// Made-up traffic with feedback whose truth is known: a logger recruits by its own strategy, and each expert pleases with
/// a fixed probability in each of two skills.
struct JudgedWorld {
    static let skills: [SkillName] = ["law", "art"]
    static let ids: [ExpertID] = ["a", "b", "c"]

    /// The probability that an answer by this expert alone pleases.
    let truth: [ExpertID: [SkillName: Double]] = [
        "a": ["law": 0.9, "art": 0.2], "b": ["law": 0.5, "art": 0.6], "c": ["law": 0.3, "art": 0.8],
    ]
    /// What the routers believe: right more often than wrong everywhere, so that everybody can be drawn.
    let profiles = ProfileBook([
        Profile(expert: "a", records: ["law": SkillRecord(right: 6), "art": SkillRecord(right: 2)]),
        Profile(expert: "b", records: ["law": SkillRecord(right: 4), "art": SkillRecord(right: 4)]),
        Profile(expert: "c", records: ["law": SkillRecord(right: 3), "art": SkillRecord(right: 6)]),
    ])
    let cards = ids.map { ExpertCard(id: $0, kind: .scripted) }

    var pool: [Contender] { cards.map { Contender(card: $0, profile: profiles.profile(of: $0.id)) } }

    static func need(_ skills: SkillName...) -> Need {
        Need(
            annotator: "lexical",
            mentions: skills.map { .init(keyword: $0.rawValue, score: 1, skill: $0, similarity: 1) })
    }

    static func trace(
        _ number: Int, need: Need = need("law"), recruitment: Recruitment, route: String = "auto"
    ) -> Trace {
        Trace(
            id: "t\(number)", at: Timestamp(microseconds: Int64(number)), route: route, question: "q\(number)",
            need: need, recruitment: recruitment)
    }

    static func judged(_ trace: Trace, _ score: Double) throws -> JudgedTrace {
        JudgedTrace(
            trace: trace, feedback: try Feedback(trace: trace.id, score: score, at: Timestamp(microseconds: 0)))
    }

    /// Judged decisions of a logger. A panel pleases as often as its seats do on average.
    func log(_ plan: RoutingPlan, count: Int, seed: UInt64) throws -> [JudgedTrace] {
        var random = SeededRandom(seed: seed)
        return try (0..<count).map { number in
            let skill = Self.skills[random.below(2)]
            let need = Self.need(skill)
            let recruitment = try plan.makeStrategy().recruit(for: need, from: pool, seed: random.next() >> 11)
            let pleases = recruitment.seats.reduce(0) { $0 + (truth[$1.expert]?[skill] ?? 0) }
            let score = random.unit() < pleases / Double(recruitment.seats.count) ? 1.0 : 0
            return try Self.judged(Self.trace(number, need: need, recruitment: recruitment), score)
        }
    }

    func replay(_ judged: [JudgedTrace], rounds: Int = 200, cards: [ExpertCard]? = nil) -> FeedbackReplay {
        FeedbackReplay(
            judged, experts: cards ?? self.cards, profiles: profiles, routes: [],
            bootstrap: PairedBootstrap(rounds: rounds))
    }

    func finding(_ plan: RoutingPlan, _ judged: [JudgedTrace], rounds: Int = 200) throws -> PolicyFinding {
        try replay(judged, rounds: rounds).finding(for: StoredPolicy(name: "new", plan: plan))
    }

    /// What a policy that draws with repeats, or one seat, truly earns: the mean over the two skills of Σ share · truth.
    func value(of plan: RoutingPlan) throws -> Double {
        try Self.skills.reduce(0) { sum, skill in
            let recruited = try plan.makeStrategy().recruit(for: Self.need(skill), from: pool, seed: 0)
            return sum
                + recruited.suitabilities.reduce(0) { $0 + $1.probability * (truth[$1.expert]?[skill] ?? 0) } / 2
        }
    }
}
