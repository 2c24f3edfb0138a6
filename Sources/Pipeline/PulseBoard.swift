public import Core
import Synchronization

/// How fast an expert has been of late: how long it takes to begin, and how fast it then writes. Kept apart, because a
/// long answer says nothing about a slow start.
public struct ExpertPulse: Sendable, Hashable {
    /// Answers these figures rest on.
    public var answers = 0
    /// Seconds from asking to the first text; nil while unknown.
    public var firstTextMedian: Double?
    public var firstTextP95: Double?
    /// Tokens a second after the first text, a moving average over some twenty answers; nil while unknown.
    public var tokensPerSecond: Double?

    public init() {}
}

/// The pulses of all experts; a few numbers each, however many answers there are.
public final class PulseBoard: Sendable {
    /// Whole answers and streamed ones begin at quite different times: each has its own figures.
    private struct Place: Hashable {
        var expert: ExpertID
        var delivery: Delivery
    }

    private struct Beat {
        /// By quantile: those that are always kept, and those a hedge asks for.
        var begins: [Double: QuantileEstimate] = [0.5: QuantileEstimate(0.5), 0.95: QuantileEstimate(0.95)]
        var rate: Double?
        var answers = 0
    }

    /// The share of a new answer in the moving average of the rate.
    private static let share = 0.1
    /// Answers that have to be known before a quantile says when somebody is slow.
    package static let enough = 20
    /// Quantiles kept for one expert at most; settings name a few.
    private static let mostQuantiles = 8

    private let beats = Mutex<[Place: Beat]>([:])

    public init() {}

    /// What is known of an expert's streamed answers, or its whole ones; nil if it gave none.
    public func pulse(of expert: ExpertID, _ delivery: Delivery = .streamed) -> ExpertPulse? {
        beats.withLock { beats in
            guard let beat = beats[Place(expert: expert, delivery: delivery)], beat.answers > 0 else { return nil }
            var pulse = ExpertPulse()
            pulse.answers = beat.answers
            pulse.firstTextMedian = beat.begins[0.5]?.value
            pulse.firstTextP95 = beat.begins[0.95]?.value
            pulse.tokensPerSecond = beat.rate
            return pulse
        }
    }

    /// Takes in an answer.
    ///
    /// - Parameter queued: seconds it waited for a place, which say nothing about the expert.
    package func note(_ answer: Answer, _ delivery: Delivery, queued: Double = 0) {
        guard let heard = answer.firstTextSeconds else { return }
        let first = max(0, heard - queued)
        beats.withLock { beats in
            var beat = beats.removeValue(forKey: Place(expert: answer.expert, delivery: delivery)) ?? Beat()
            beat.answers += 1
            for quantile in Array(beat.begins.keys) { beat.begins[quantile]?.add(first) }
            // A whole answer comes at once: it says nothing about how fast it was written.
            let writing = answer.seconds - heard
            if delivery == .streamed, writing > 0.001, answer.usage.completionTokens > 1 {
                let rate = Double(answer.usage.completionTokens - 1) / writing
                beat.rate = beat.rate.map { $0 + Self.share * (rate - $0) } ?? rate
            }
            beats[Place(expert: answer.expert, delivery: delivery)] = beat
        }
    }

    /// How long an expert is listened to before another is asked beside it; nil for always.
    package func patience(with expert: ExpertID, _ delivery: Delivery, under policy: HedgePolicy) -> Duration? {
        switch policy.after {
        case .time(let duration): return duration
        case .quantile(let quantile):
            return beats.withLock { beats in
                let place = Place(expert: expert, delivery: delivery)
                guard let estimate = beats[place, default: Beat()].begins[quantile] else {
                    // Asked for the first time: kept from here on.
                    if beats[place, default: Beat()].begins.count < Self.mostQuantiles {
                        beats[place, default: Beat()].begins[quantile] = QuantileEstimate(quantile)
                    }
                    return nil
                }
                guard estimate.count >= Self.enough, let seconds = estimate.value else { return nil }
                return .seconds(max(0.001, seconds))
            }
        }
    }
}
