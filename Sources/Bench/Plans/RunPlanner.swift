public import Core
public import Pipeline

/// Works out what a run would need; nobody is asked.
public struct RunPlanner: Sendable {
    private let directory: ExpertDirectory
    private let needs: NeedFinder
    private let profiles: ProfileShelf
    private let store: any RunStore
    private let lanes: VisitLanes
    private let takers: [ExpertID: any BatchTaker]

    /// - Parameters:
    ///   - needs: one that asks no expert.
    ///   - takers: experts that would get their list as a batch.
    public init(
        directory: ExpertDirectory, needs: NeedFinder, profiles: ProfileShelf, store: any RunStore, lanes: VisitLanes,
        takers: [ExpertID: any BatchTaker] = [:]
    ) {
        self.directory = directory
        self.needs = needs
        self.profiles = profiles
        self.store = store
        self.lanes = lanes
        self.takers = takers
    }

    /// Throws a `Fault` if the order cannot be carried out.
    public func plan(_ order: RunOrder) async throws -> RunPlan {
        let seats = try await RunRecruiter(order: order, directory: directory, needs: needs, profiles: profiles)
            .recruit()
        let pace = try await AnswerPace.all(in: store, suite: order.suite.id)
        let recruited = seats.map { $0.recruitment.seats.map(\.expert) }
        let visits = BatchPlanner().plan(recruited)
        let shares = try visits.map { visit in try share(visit, order, recruited, pace[visit.expert]) }
        // Strategies that look at no skill have found none; the plan tells them all the same.
        let found = try await needs.needs(
            of: order.questions.map { Question($0.question) }, matcher: profiles.snapshot.matcher
        ).map(\.need)
        var counts: [SkillName: Int] = [:]
        for need in found { for skill in Set(need.skills) { counts[skill, default: 0] += 1 } }
        var plan = RunPlan(
            strategy: order.strategy.name, questions: order.questions.count,
            skills: counts.map { .init(skill: $0, questions: $1) }
                .sorted { ($1.questions, $0.skill) < ($0.questions, $1.skill) },
            withoutSkill: found.count { $0.skills.isEmpty }, experts: shares,
            calls: shares.reduce(0) { $0 + $1.calls }, dollars: shares.reduce(0) { $0 + $1.dollars },
            mostDollars: shares.reduce(0) { $0 + $1.mostDollars }, seconds: seconds(shares), loads: visits.count,
            loadsByArrival: BatchPlanner().planByArrival(recruited).count, changes: [], notes: [])
        if order.strategy.aggregation.method == .synthesis {
            plan.notes.append("each question takes one more call, for its synthesis; it is not counted here")
        }
        for share in shares where takers[share.expert] != nil {
            plan.notes.append("\(share.expert) gets its list as one batch, at the price of batches; it may take a day")
        }
        if order.suite.spec.metric.needsJudge { plan.notes.append("judgements are not counted here") }
        if seats.count == 1 {
            plan.need = found[0]
            plan.recruitment = seats[0].recruitment
            plan.changes = try ChoiceChanges(
                order: order, directory: directory, book: profiles.snapshot.book, seats: seats[0]
            ).sentences()
        }
        return plan
    }

    private func share(
        _ visit: BatchPlanner.Visit, _ order: RunOrder, _ recruited: [[ExpertID]], _ pace: AnswerPace?
    ) throws -> RunPlan.Share {
        let card = try directory.expert(visit.expert).card
        let most = order.maximumTokens ?? order.suite.maximumTokens
        let prompt = visit.jobs.reduce(0) { total, job in
            total + order.question(job.question, seat: job.seat, of: recruited[job.question].count).estimatedTokens
        }
        let each = min(Double(most), pace?.completionTokens ?? Double(most))
        let expected = Usage(
            promptTokens: prompt, completionTokens: Int((each * Double(visit.jobs.count)).rounded()))
        let worst = Usage(promptTokens: prompt, completionTokens: most * visit.jobs.count)
        let taker = takers[visit.expert]
        let price = taker?.price ?? card.price
        return RunPlan.Share(
            expert: visit.expert, calls: visit.jobs.count, promptTokens: prompt,
            completionTokens: expected.completionTokens, dollars: price.dollars(for: expected),
            mostDollars: price.dollars(for: worst),
            seconds: taker != nil
                ? nil
                : pace?.answerSeconds.map { seconds in
                    // So many at a time as it takes, each as slow as it was then.
                    seconds * Double(visit.jobs.count) / Double(max(1, min(card.concurrent, visit.jobs.count)))
                }, basis: pace?.count ?? 0)
    }

    /// Experts of one lane wait for each other.
    private func seconds(_ shares: [RunPlan.Share]) -> Double? {
        let known = shares.compactMap { share in share.seconds.map { (share.expert, $0) } }
        guard known.count == shares.count else { return nil }
        return lanes.split(known) { $0.0 }.map { $0.visits.reduce(0) { $0 + $1.1 } }.max()
    }
}
