public import Core

/// What a trace of questions costs on a server that answers one at a time and holds only so many models, under different
/// orders of answering.
///
/// Source: the policies that papers on Composition of Experts compare: first come, first served with the least recently
/// used model leaving; same-expert queueing with a bound on waiting (`SwapSchedule`); Belady's choice of which model
/// leaves (the one needed furthest in the future), the fewest loads possible in the order of arrival; and everything
/// known beforehand, one load for each expert.
public struct SwapSimulation: Sendable {
    /// An order of answering.
    public enum Policy: String, Sendable, CaseIterable {
        case firstCome = "first_come"
        case belady
        case grouped
        case known
    }

    /// What it came to.
    public struct Outcome: Sendable, Hashable, Codable {
        public var policy: String
        public var loads: Int
        /// Loads of a model that had been there before.
        public var reloads: Int
        /// Seconds until the last answer.
        public var makespan: Double
        /// Share of the time in which models were loaded.
        public var loadingShare: Double
        /// Seconds from a question's arrival until its answer began.
        public var meanWait: Double
        public var waitP50: Double
        public var waitP95: Double
        public var longestWait: Double
    }

    public let backend: BackendSpec

    public init(_ backend: BackendSpec) { self.backend = backend }

    public func run(_ trace: SwapTrace, _ policy: Policy) -> Outcome {
        let (order, loads) =
            switch policy {
            case .firstCome: inOrder(trace.arrivals) { held, _ in held.startIndex }
            case .belady:
                inOrder(trace.arrivals) { held, index in Self.furthest(held, in: trace.arrivals, after: index) }
            case .grouped: grouped(trace.arrivals)
            case .known: known(trace.arrivals)
            }
        return outcome(policy, trace, order, loads: loads)
    }

    /// A question whose answer began and ended.
    private struct Served {
        var arrival: Int
        var began: Double
        var ended: Double
    }

    private var loadSeconds: Double { backend.loadCost.seconds }

    /// - Parameter victim: which of the models that are there leaves, least recently used first; and for which question.
    private func inOrder(
        _ arrivals: [SwapTrace.Arrival], victim: ([ExpertID], Int) -> Int
    ) -> (order: [Served], loads: Int) {
        var held: [ExpertID] = []
        var loads = 0
        var now = 0.0
        var order: [Served] = []
        for (index, arrival) in arrivals.enumerated() {
            now = max(now, arrival.at)
            if let place = held.firstIndex(of: arrival.expert) {
                held.append(held.remove(at: place))
            } else {
                if held.count >= backend.holds { held.remove(at: victim(held, index)) }
                held.append(arrival.expert)
                loads += 1
                now += loadSeconds
            }
            order.append(Served(arrival: index, began: now, ended: now + arrival.service))
            now += arrival.service
        }
        return (order, loads)
    }

    private static func furthest(_ held: [ExpertID], in arrivals: [SwapTrace.Arrival], after index: Int) -> Int {
        var unseen = Set(held)
        var last: ExpertID?
        for arrival in arrivals[(index + 1)...] where unseen.contains(arrival.expert) {
            unseen.remove(arrival.expert)
            last = arrival.expert
            if unseen.isEmpty { break }
        }
        // One that is never needed again is furthest of all.
        return held.firstIndex { unseen.isEmpty ? $0 == last : unseen.contains($0) } ?? held.startIndex
    }

    private func grouped(_ arrivals: [SwapTrace.Arrival]) -> (order: [Served], loads: Int) {
        var schedule = SwapSchedule(backend)
        var ready: ArraySlice<SwapSchedule.Turn> = []
        var now = 0.0
        var next = 0
        var order: [Served] = []
        func instant(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }
        func arrive(until end: Double) {
            while next < arrivals.count, arrivals[next].at <= end {
                ready += schedule.arrive(next, for: arrivals[next].expert, at: instant(arrivals[next].at))
                next += 1
            }
        }
        while order.count < arrivals.count {
            arrive(until: now)
            guard let turn = ready.popFirst() else {
                guard next < arrivals.count else { break }
                now = arrivals[next].at
                continue
            }
            if turn.loads { now += loadSeconds }
            let ended = now + arrivals[turn.ticket].service
            order.append(Served(arrival: turn.ticket, began: now, ended: ended))
            arrive(until: ended)
            now = ended
            ready += schedule.leave(turn.expert, at: instant(now))
        }
        return (order, schedule.loads)
    }

    /// All questions of an expert together, experts in the order first seen, nothing before its arrival.
    private func known(_ arrivals: [SwapTrace.Arrival]) -> (order: [Served], loads: Int) {
        var experts: [ExpertID] = []
        var questions: [ExpertID: [Int]] = [:]
        for (index, arrival) in arrivals.enumerated() {
            if questions[arrival.expert] == nil { experts.append(arrival.expert) }
            questions[arrival.expert, default: []].append(index)
        }
        var now = 0.0
        var order: [Served] = []
        for expert in experts {
            now += loadSeconds
            for index in questions[expert, default: []] {
                now = max(now, arrivals[index].at)
                order.append(Served(arrival: index, began: now, ended: now + arrivals[index].service))
                now += arrivals[index].service
            }
        }
        return (order, experts.count)
    }

    private func outcome(_ policy: Policy, _ trace: SwapTrace, _ order: [Served], loads: Int) -> Outcome {
        let waits = order.map { $0.began - trace.arrivals[$0.arrival].at }.sorted()
        let makespan = order.map(\.ended).max() ?? 0
        func quantile(_ share: Double) -> Double {
            waits.isEmpty ? 0 : waits[min(waits.count - 1, Int(share * Double(waits.count)))]
        }
        return Outcome(
            policy: policy.rawValue, loads: loads, reloads: loads - Set(trace.arrivals.map(\.expert)).count,
            makespan: makespan, loadingShare: makespan > 0 ? Double(loads) * loadSeconds / makespan : 0,
            meanWait: waits.isEmpty ? 0 : waits.reduce(0, +) / Double(waits.count), waitP50: quantile(0.5),
            waitP95: quantile(0.95), longestWait: waits.last ?? 0)
    }
}
