public import Core

/// Tries an expert at everything in the capability matrix, one thing after the other.
///
/// What its server refuses it cannot do. Where the first question is not answered nothing else is tried: that would say
/// nothing about the expert.
public struct ExpertTrial: Sendable {
    /// What came of trying one expert.
    public struct Report: Sendable, Hashable, Codable {
        public var expert: ExpertID
        public var findings: [CapabilityFinding]
        public var calls: Int
        public var usage: Usage
        public var dollars: Double
        public var seconds: Double

        /// True if it answers, whole and piece by piece.
        public var answers: Bool {
            [Capability.whole, .streamed].allSatisfy { wanted in
                findings.contains { $0.capability == wanted && $0.verdict == .yes }
            }
        }
    }

    /// The longest text that is tried, in tokens of four bytes; 0 for none.
    public static let usualContext = ContextProbe.usual

    private let time: TimeSource
    private let context: Int
    private let seed: UInt64

    public init(context: Int = ExpertTrial.usualContext, time: TimeSource, seed: UInt64) {
        self.time = time
        self.context = context
        self.seed = seed
    }

    /// - Parameter found: hears of each finding as it is made.
    /// - Throws: `CancellationError` only; a fault is a finding.
    public func run(
        _ expert: any Expert, found: (CapabilityFinding) -> Void = { _ in }
    ) async throws -> Report {
        let asking = ProbeAsking(expert, time: time, seed: seed)
        let started = time.now()
        var findings: [CapabilityFinding] = []
        for (place, probe) in probes(for: expert.card).enumerated() {
            let seen: [Capability: Observation]
            do {
                seen = try await probe.look(at: asking)
            } catch let fault as Fault {
                seen = Dictionary(
                    uniqueKeysWithValues: probe.capabilities.prefix(place == 0 ? 1 : .max).map {
                        ($0, Self.observation(of: fault, isFirst: place == 0))
                    })
            }
            for capability in probe.capabilities {
                guard let observation = seen[capability] else { continue }
                findings.append(
                    CapabilityFinding(
                        capability, observation.verdict, seen: observation.seen, tokens: observation.tokens,
                        at: time.timestamp()))
                found(findings[findings.count - 1])
            }
            if place == 0, seen[.whole]?.verdict != .yes { break }
        }
        return Report(
            expert: expert.card.id, findings: findings, calls: asking.calls, usage: asking.usage,
            dollars: expert.card.price.dollars(for: asking.usage), seconds: time.seconds(since: started))
    }

    private func probes(for card: ExpertCard) -> [any CapabilityProbe] {
        var probes: [any CapabilityProbe] = [
            AnsweringProbe(delivery: .whole), AnsweringProbe(delivery: .streamed), StopProbe(),
            ToolProbe(delivery: .whole), ToolProbe(delivery: .streamed), JSONProbe(), SchemaProbe(),
            ProbabilityProbe(),
        ]
        if card.abilities.contains(.images) { probes.append(ImageProbe()) }
        if context > 0 { probes.append(ContextProbe(most: context)) }
        return probes
    }

    private static func observation(of fault: Fault, isFirst: Bool) -> Observation {
        switch fault.code {
        case .expertRefused, .unsupported, .invalidRequest: .no(fault.found.shortened(to: 200))
        default:
            isFirst
                ? .no(fault.found.shortened(to: 200))
                : .unclear("could not be tried: \(fault.found.shortened(to: 200))")
        }
    }
}
