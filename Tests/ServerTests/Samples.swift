import Core
import Support
import Synchronization

/// One answer, one trace and the names that most tests of the API share.
enum Samples {
    static let answer = Answer(
        expert: "general", text: "Forty-two", usage: Usage(promptTokens: 7, completionTokens: 3))

    static let models = [
        ModelListing(id: "auto", kind: .route, summary: "Seats drawn by skill"),
        ModelListing(id: "general", kind: .expert, summary: "Knows a little of everything"),
        ModelListing(id: "vendor/maths", kind: .expert, summary: "Counts"),
    ]

    static let recruitment = Recruitment(
        strategy: "skill", seats: [.init(expert: "general", probability: 0.75)],
        suitabilities: [.init(expert: "general", local: 1.25, strength: 0.5, weight: 0.625, probability: 0.75)],
        excluded: [.init(expert: "vendor/maths", because: "it is resting")], seed: 77, reason: "it suits best")

    static let trace = trace()

    static func trace(
        id: String = "0123456789abcdef0123456789abcdef", recruitment: Recruitment = recruitment,
        mentions: [Need.Mention] = [.init(keyword: "sums", score: 1, skill: "algebra", similarity: 1)]
    ) -> Trace {
        Trace(
            id: id, at: ManualTime.start, route: "auto", question: "f00d",
            need: Need(annotator: "lexical", mentions: mentions), recruitment: recruitment)
    }

    /// A chat's body with more members, each written as JSON.
    static func chat(_ members: String = "", model: String = "auto") -> String {
        let more = members.isEmpty ? "" : ", " + members
        return #"{"model": "\#(model)", "messages": [{"role": "user", "content": "6 * 7?"}]\#(more)}"#
    }
}

/// Keeps traces in memory.
final class TraceShelf: TraceStore {
    private let kept: Mutex<[Trace]>

    init(_ traces: [Trace] = []) { kept = Mutex(traces) }

    func keep(_ trace: Trace) { kept.withLock { $0.append(trace) } }
    func trace(_ id: String) async throws -> Trace? { kept.withLock { $0 }.first { $0.id == id } }
    func traces(limit: Int) async throws -> [Trace] { kept.withLock { $0.suffix(limit).reversed() } }
}

/// Keeps feedback on the traces of a shelf in memory.
final class FeedbackShelf: FeedbackStore {
    private let traces: TraceShelf
    private let kept = Mutex<[Feedback]>([])

    init(on traces: TraceShelf = TraceShelf()) { self.traces = traces }

    var all: [Feedback] { kept.withLock { $0 } }

    func keep(_ feedback: Feedback) async throws {
        guard try await traces.trace(feedback.trace) != nil else { throw Fault.unknownTrace(feedback.trace) }
        kept.withLock { kept in
            kept.removeAll { $0.trace == feedback.trace }
            kept.append(feedback)
        }
    }

    func judgedTraces(limit: Int) async throws -> [JudgedTrace] {
        var judged: [JudgedTrace] = []
        for feedback in all.suffix(limit).reversed() {
            guard let trace = try await traces.trace(feedback.trace) else { continue }
            judged.append(JudgedTrace(trace: trace, feedback: feedback))
        }
        return judged
    }
}
