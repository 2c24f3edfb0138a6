package import Core

/// The lines of experts before a server that swaps models: of each expert no more questions stand before the schedule,
/// or have their turn, than it takes at a time. So a long line for the model that is there does not count as under way,
/// and the schedule can hold `maxWait` against it.
///
/// When a turn ends, the next of the same expert comes before it is over: the model is still needed then, unless another
/// has waited too long. A value that asks nobody, like the schedule.
package struct SwapLines: Sendable {
    private struct Line {
        /// How many the expert takes at a time.
        var places = 1
        /// Questions that the schedule knows: they wait there, or have their turn.
        var known = 0
        /// Those of them that have their turn.
        var turns = 0
        /// Who finds no place, in the order of arrival.
        var back: [Int] = []
    }

    private var schedule: SwapSchedule
    private var lines: [ExpertID: Line] = [:]

    package init(_ spec: BackendSpec) { schedule = SwapSchedule(spec) }

    /// How many models have been asked for that were not there.
    package var loads: Int { schedule.loads }
    /// The experts whose models are there.
    package var experts: [ExpertID] { schedule.experts }
    /// How many wait, for whichever model.
    package var waitingCount: Int { lines.values.reduce(0) { $0 + Self.waiting($1) } }
    /// How many wait for this expert.
    package func waitingCount(for expert: ExpertID) -> Int { lines[expert].map(Self.waiting) ?? 0 }

    /// How many of this expert find no place, if one more would; nil if one is free.
    package func behind(_ expert: ExpertID, places: Int) -> Int? {
        guard let line = lines[expert], line.known >= max(1, places) else { return nil }
        return line.back.count
    }

    /// A question comes for an expert that takes so many at a time; returns those whose turn it is now.
    package mutating func arrive(
        _ ticket: Int, for expert: ExpertID, places: Int, at now: TimeSource.Instant
    ) -> [SwapSchedule.Turn] {
        lines[expert, default: Line()].places = max(1, places)
        lines[expert]?.back.append(ticket)
        return fill(expert, at: now)
    }

    /// A question that had its turn is answered, or given up.
    package mutating func leave(_ expert: ExpertID, at now: TimeSource.Instant) -> [SwapSchedule.Turn] {
        lines[expert]?.known -= 1
        lines[expert]?.turns -= 1
        let next = fill(expert, at: now)
        return next + noted(schedule.leave(expert, at: now))
    }

    /// A question is given up; nil if it does not wait, because its turn has come.
    package mutating func abandon(
        _ ticket: Int, of expert: ExpertID, at now: TimeSource.Instant
    ) -> [SwapSchedule.Turn]? {
        if let place = lines[expert]?.back.firstIndex(of: ticket) {
            lines[expert]?.back.remove(at: place)
            return []
        }
        guard schedule.position(of: ticket) != nil else { return nil }
        lines[expert]?.known -= 1
        let next = fill(expert, at: now)
        return next + noted(schedule.abandon(ticket, at: now))
    }

    private static func waiting(_ line: Line) -> Int { line.known - line.turns + line.back.count }

    /// Lets those of an expert's line on to the schedule that have a place.
    private mutating func fill(_ expert: ExpertID, at now: TimeSource.Instant) -> [SwapSchedule.Turn] {
        var turns: [SwapSchedule.Turn] = []
        while let line = lines[expert], line.known < line.places, let next = line.back.first {
            lines[expert]?.back.removeFirst()
            lines[expert]?.known += 1
            turns += noted(schedule.arrive(next, for: expert, at: now))
        }
        return turns
    }

    private mutating func noted(_ turns: [SwapSchedule.Turn]) -> [SwapSchedule.Turn] {
        for turn in turns { lines[turn.expert]?.turns += 1 }
        return turns
    }
}
