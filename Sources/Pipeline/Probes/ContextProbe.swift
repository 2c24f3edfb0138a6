import Core

/// Does it read as much as its context is said to hold? Two words stand in a long text, at its beginning and in its
/// middle; whoever cuts what is too long cannot say both.
struct ContextProbe: CapabilityProbe {
    /// As much as an honest small context holds; more costs more and is tried when asked for.
    static let usual = 8_192

    private static let filler = "The river runs slowly past the old mill and the quiet fields behind it. "
    /// A text that anybody reads, to see whether the expert can do what is asked at all.
    private static let control = 128

    /// The longest text that is tried, in tokens of four bytes.
    let most: Int

    let capabilities: [Capability] = [.context]

    func look(at asking: ProbeAsking) async throws -> [Capability: Observation] {
        let said = asking.card.context
        let limit = min(said ?? Self.usual, most) - ProbeAsking.longestAnswer
        guard limit > Self.control else { return [.context: .unclear("too small to be tried")] }
        guard try await reads(Self.control, asking) == nil else {
            return [.context: .unclear("could not repeat two words of a short text")]
        }
        // One miss may be the expert's own.
        var obstacle = try await reads(limit, asking)
        if obstacle != nil { obstacle = try await reads(limit, asking) }
        guard let obstacle else {
            let part = limit + ProbeAsking.longestAnswer < said ?? 0 ? ", further was not tried" : ""
            return [.context: .yes("read about \(limit) tokens to the last\(part)", tokens: limit)]
        }
        var held = limit / 2
        while held > Self.control, try await reads(held, asking) != nil { held /= 2 }
        held = max(held, Self.control)
        return [.context: .no("of about \(limit) tokens \(obstacle); \(held) were read", tokens: held)]
    }

    /// Nil if a text of so many tokens was read to the last; else what came in its place.
    private func reads(_ tokens: Int, _ asking: ProbeAsking) async throws -> String? {
        // By the length, so that no server has the answer to the shorter text at hand.
        let words = ["OSPREY\(tokens % 9_973)", "LANTERN\(tokens % 7_919)"]
        let half = String(repeating: Self.filler, count: max(1, tokens * 2 / Self.filler.utf8.count))
        let text =
            "The first password is \(words[0]).\n\(half)\nThe second password is \(words[1]).\n\(half)\n"
            + "Which are the two passwords that stand in this text? Answer with these two words alone."
        let answer: Answer
        do { answer = try await asking.ask(text) } catch let fault as Fault where fault.code == .expertRefused {
            return "it refused to read any: \(fault.found.shortened)"
        }
        let said = answer.text.uppercased()
        let missing = words.filter { !said.contains($0) }
        guard !missing.isEmpty else { return nil }
        let counted = answer.usage.estimated ? "" : " (its server counted \(answer.usage.promptTokens))"
        return "\(missing.count == 2 ? "nothing" : said.contains(words[0]) ? "the first alone" : "only the end") "
            + "was read\(counted)"
    }
}
