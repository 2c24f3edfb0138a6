public import Core
import Foundation

/// Questions as they come to a server that swaps models: when, for which expert, and how long the answer takes.
public struct SwapTrace: Sendable, Hashable {
    /// One question.
    public struct Arrival: Sendable, Hashable {
        /// Seconds from the beginning.
        public var at: Double
        public var expert: ExpertID
        /// Seconds the answer takes once its model is there.
        public var service: Double

        public init(at: Double, expert: ExpertID, service: Double) {
            self.at = at
            self.expert = expert
            self.service = service
        }
    }

    /// In the order of time.
    public let arrivals: [Arrival]

    public init(_ arrivals: [Arrival]) {
        self.arrivals = arrivals.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// Questions that come at random (Poisson), for experts of which the n-th is asked 1/n as often as the first (Zipf).
    ///
    /// - Parameters:
    ///   - rate: questions a second.
    ///   - service: seconds an answer takes on average; drawn from half to one and a half of that.
    public static func drawn(
        questions: Int, experts: Int, rate: Double, service: Double, seed: UInt64
    ) -> SwapTrace {
        var random = SeededRandom(seed: seed)
        let shares = (1...max(1, experts)).map { 1 / Double($0) }
        let whole = shares.reduce(0, +)
        var now = 0.0
        return SwapTrace(
            (0..<questions).map { _ in
                // A gap between Poisson arrivals has an exponential distribution; 1 - u is never 0.
                now += -log(1 - random.unit()) / rate
                var draw = random.unit() * whole
                let place = shares.firstIndex { share in
                    draw -= share
                    return draw < 0
                }
                return Arrival(
                    at: now, expert: ExpertID("expert-\((place ?? 0) + 1)"), service: service * (0.5 + random.unit()))
            })
    }

    /// Reads lines of `SECONDS EXPERT [SERVICE]`; empty ones and those that begin with # are left out.
    ///
    /// - Parameter service: for lines that do not say.
    public init(text: String, name: String, service: Double) throws {
        var arrivals: [Arrival] = []
        let text = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        // A character that is a carriage return and a line feed is no line feed: lines end at one of either.
        let lines = Substring(text).split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
        for (index, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 2 || words.count == 3, let at = Double(first),
                let takes = words.count == 3 ? Double(words[2]) : service
            else {
                throw Fault(
                    .unreadableFile, "\(name):\(index + 1)", "\"\(line.prefix(60))\" is no arrival",
                    expected: "Seconds, an expert, and how long its answer takes belong there",
                    hint: "Write 12.5 math, or 12.5 math 0.8")
            }
            guard Self.times.contains(at), Self.times.contains(takes) else {
                throw Fault(
                    .unreadableFile, "\(name):\(index + 1)", "\"\(line.prefix(60))\" is out of bounds",
                    expected: "Times go from 0 to 1000000000 seconds", hint: "Count seconds from the first question")
            }
            guard arrivals.count < Self.most else {
                throw Fault(.tooLarge, name, "has more than \(Self.most) arrivals", hint: "Simulate a part of them")
            }
            arrivals.append(Arrival(at: at, expert: ExpertID(String(words[1].prefix(80))), service: takes))
        }
        guard !arrivals.isEmpty else {
            throw Fault(
                .unreadableFile, name, "has no arrivals",
                expected: "Lines with seconds, an expert, and how long its answer takes belong there",
                hint: "Write 12.5 math, or 12.5 math 0.8")
        }
        self.init(arrivals)
    }

    /// Seconds, about thirty years: sums of a million are exact enough, and fit a span of time.
    private static let times = 0...1e9

    /// More arrivals are refused.
    private static let most = 1_000_000
}
