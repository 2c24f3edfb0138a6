import Core

/// Does it tell how likely its tokens were?
struct ProbabilityProbe: CapabilityProbe {
    let capabilities: [Capability] = [.probabilities]

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let answer = try await asking.ask("Say the word ready.", output: OutputWishes(tokenProbabilities: 1))
        let count = answer.probabilities.count
        return [.probabilities: count > 0 ? .yes("told those of \(count) tokens") : .no("told none")]
    }
}
