public import Core

/// Tries an expert at one thing, or at a few that one call shows together.
public protocol CapabilityProbe: Sendable {
    /// What it shows, in the order in which it is told.
    var capabilities: [Capability] { get }

    /// Asks, and says what was seen of each.
    ///
    /// - Throws: a `Fault` of the expert, which then stands for all of them.
    func look(at asking: ProbeAsking) async throws -> [Capability: Observation]
}

/// What was seen when an expert was tried.
public struct Observation: Sendable, Hashable {
    public var verdict: CapabilityFinding.Verdict
    public var seen: String
    public var tokens: Int?

    public static func yes(_ seen: String, tokens: Int? = nil) -> Observation {
        Observation(verdict: .yes, seen: seen, tokens: tokens)
    }

    public static func no(_ seen: String, tokens: Int? = nil) -> Observation {
        Observation(verdict: .no, seen: seen, tokens: tokens)
    }

    public static func unclear(_ seen: String) -> Observation { Observation(verdict: .unclear, seen: seen) }

    /// Nothing usable came. An answer that used up its tokens before it said anything was thinking.
    static func silence(_ answer: Answer) -> Observation {
        answer.finish == .length
            ? .unclear("used up \(ProbeAsking.longestAnswer) tokens before it said what was asked")
            : .unclear("said “\(answer.text.shortened)” in place of what was asked")
    }
}

extension String {
    /// The beginning, on one line, for people.
    var shortened: String { shortened(to: 60) }

    func shortened(to most: Int) -> String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > most ? line.prefix(most - 1) + "…" : line
    }

    /// The members, if this is a JSON object and nothing else.
    var asObject: [String: JSONValue]? { (try? JSONReader.read(Array(utf8)))?.members }
}
