public import Core
import Routing

/// Estimates from traces with feedback what another way of routing would have earned; nobody is asked.
///
/// A trace holds the probability of every draw, so a decision of the service is an experiment: what came out is weighed by
/// how much more often the other policy would have decided the same (`OffPolicyEstimate`). The policy decides on the
/// trace's need, among the experts that were considered then, with today's profiles. The feedback that a recruitment
/// would get is expected to be the mean over its seats of a cross-fitted `FeedbackModel`.
///
/// Where the log could not have done what the policy would, no feedback speaks: such decisions are left out by what was
/// known before the draw (seats, who could be drawn), never by what came of it, so that the estimates hold for the rest.
public struct FeedbackReplay: Sendable {
    /// A decision counts as covered while the log could have done all but so much of what the policy does there.
    private static let tolerance = 0.05

    private let judged: [JudgedTrace]
    private let experts: [ExpertCard]
    private let profiles: ProfileBook
    private let routes: [Route]
    private let fit: CrossFit
    private let bootstrap: PairedBootstrap
    /// Judged traces in which the client itself had named the expert: nothing was routed.
    public let addressed: Int

    /// - Parameters:
    ///   - judged: in any order.
    ///   - experts: those of today, in the order of the configuration.
    ///   - routes: tell who took part where a trace does not.
    public init(_ judged: [JudgedTrace], experts: [ExpertCard], profiles: ProfileBook, routes: [Route]) {
        self.init(judged, experts: experts, profiles: profiles, routes: routes, bootstrap: PairedBootstrap())
    }

    package init(
        _ judged: [JudgedTrace], experts: [ExpertCard], profiles: ProfileBook, routes: [Route],
        bootstrap: PairedBootstrap
    ) {
        let routed = judged.filter { $0.trace.need.annotator != "none" && !$0.trace.recruitment.seats.isEmpty }
        addressed = judged.count - routed.count
        // The order decides how rounding goes, so it must not depend on the store.
        self.judged = routed.sorted { ($0.trace.at, $0.trace.id) < ($1.trace.at, $1.trace.id) }
        self.experts = experts
        self.profiles = profiles
        self.routes = routes
        self.bootstrap = bootstrap
        fit = CrossFit(self.judged, seed: bootstrap.seed)
    }

    /// How many judged decisions there are to learn from.
    public var decisions: Int { judged.count }

    /// What a policy would have earned.
    ///
    /// - Throws: a `Fault` of the strategy.
    public func finding(for policy: StoredPolicy) throws -> PolicyFinding {
        var rows: [LoggedDecision] = []
        var finding = PolicyFinding(
            policy: policy.name, strategy: policy.plan.strategy.rawValue, decisions: judged.count, covered: 0,
            otherSeats: 0, undecided: 0, strangers: [], uncoveredShare: 0, warnings: [])
        var strangers: [ExpertID: Int] = [:]
        for item in judged {
            let pool = pool(of: item.trace)
            let chances = try RecruitmentChances(of: policy.plan, for: item.trace.need, from: pool)
            let absent = absentees(of: policy.plan, pool, item.trace)
            let support = LoggedSupport(item.trace.recruitment)
            if chances.seats == 0, absent.isEmpty {
                finding.undecided += 1
                continue
            }
            guard chances.seats + absent.count == support.recruited.count else {
                finding.otherSeats += 1
                continue
            }
            let gap = support.gap(to: chances, absent: absent)
            for expert in gap.experts { strangers[expert, default: 0] += 1 }
            guard gap.share <= Self.tolerance else { continue }
            finding.uncoveredShare += gap.share
            rows.append(decision(item, support, chances))
        }
        finding.covered = rows.count
        finding.uncoveredShare /= Double(max(rows.count, 1))
        finding.strangers = strangers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { .init(expert: $0.key.rawValue, decisions: $0.value) }
        finding.estimate = OffPolicyEstimate(rows, bootstrap: bootstrap)
        finding.warnings = OverlapWarnings.of(finding)
        return finding
    }

    private func decision(
        _ item: JudgedTrace, _ support: LoggedSupport, _ chances: RecruitmentChances
    ) -> LoggedDecision {
        let model = fit.model(for: item.trace)
        let expectation = { (expert: ExpertID) in model.expectation(of: expert, for: item.trace.need) }
        let action = support.recruited.reduce(0) { $0 + expectation($1) } / Double(support.recruited.count)
        let policy = chances.seatShares.map { shares in
            zip(chances.contenders, shares).reduce(0) { $0 + $1.1 * expectation($1.0) }
        }
        return LoggedDecision(
            action: experts.firstIndex { $0.id == support.recruited[0] } ?? experts.count,
            probability: support.probability, reward: item.feedback.score,
            newProbability: chances.probability(of: support.recruited), expected: action, expectedOfPolicy: policy)
    }

    /// The experts that were considered then and are there today. A trace without suitabilities (of a fixed strategy)
    /// leaves it to its route.
    private func pool(of trace: Trace) -> [Contender] {
        let recruitment = trace.recruitment
        var considered = Set(recruitment.suitabilities.map(\.expert))
        if considered.isEmpty {
            let taking = routes.first { $0.name.rawValue == trace.route }?.experts ?? []
            considered = Set(taking.isEmpty ? experts.map(\.id) : taking)
            considered.subtract(recruitment.excluded.map(\.expert))
            considered.formUnion(recruitment.experts)
        }
        return experts.filter { considered.contains($0.id) }.map {
            Contender(card: $0, profile: profiles.profile(of: $0.id))
        }
    }

    /// Whom a fixed strategy names, but was not there then; who was set aside then would have been so for it too.
    private func absentees(of plan: RoutingPlan, _ pool: [Contender], _ trace: Trace) -> [ExpertID] {
        guard plan.strategy == .fixed else { return [] }
        let known = Set(pool.map(\.card.id)).union(trace.recruitment.excluded.map(\.expert))
        return plan.members.filter { !known.contains($0) }
    }
}
