import Core

/// Does it end where a stop string would begin?
struct StopProbe: CapabilityProbe {
    private static let words = ["alpha", "bravo", "charlie", "delta", "echo"]

    let capabilities: [Capability] = [.stop]

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let stop = Self.words[2]
        let answer = try await asking.ask(
            "Write these words in this order, on one line, and nothing else: \(Self.words.joined(separator: " "))",
            stop: [stop])
        let text = answer.text.lowercased()
        // Whoever stops before the third word has said the second.
        if Self.words[2...].contains(where: text.contains) {
            return [.stop: .no("wrote on past “\(stop)”: “\(answer.text.shortened)”")]
        }
        return [.stop: text.contains(Self.words[1]) ? .yes("stopped before “\(stop)”") : .silence(answer)]
    }
}
