import Core

/// Does it answer, whole and piece by piece, and say how many tokens that took?
struct AnsweringProbe: CapabilityProbe {
    let delivery: Delivery

    var capabilities: [Capability] { delivery == .whole ? [.whole, .usage] : [.streamed, .streamUsage] }

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let answer = try await asking.ask("Say the word ready.", delivery)
        let isSilent = answer.text.isEmpty && answer.reasoning.isEmpty
        let first = answer.firstTextSeconds.map { ", the first text after \(Self.short($0)) s" } ?? ""
        let spoke =
            isSilent
            ? Observation.no("ended without a word")
            : .yes("said “\(answer.text.shortened)” within \(Self.short(answer.seconds)) s\(first)")
        let told =
            answer.usage.estimated
            ? Observation.no("reports none; they are counted by us, four bytes each")
            : .yes("\(answer.usage.promptTokens) read, \(answer.usage.completionTokens) written")
        return [capabilities[0]: spoke, capabilities[1]: told]
    }

    private static func short(_ seconds: Double) -> String { String((seconds * 1_000).rounded() / 1_000) }
}
