import Core
import Foundation
import Store
import Synchronization

/// A folder that goes when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("muster-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a store's file in this folder.
    var file: String { path + "/muster.sqlite" }
}

/// A clock that moves when it is told to; sleeping takes no time but moves it.
final class HandClock: Sendable {
    private let passed = Mutex(Duration.zero)

    var time: TimeSource {
        TimeSource(
            steady: { TimeSource.Instant(offset: self.passed.withLock { $0 }) },
            wall: { Timestamp(microseconds: 1_700_000_000_000_000) },
            sleep: { self.pass($0) })
    }

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }
}

/// What a store reported.
final class Reports: Sendable {
    private let list = Mutex<[Fault]>([])

    var all: [Fault] { list.withLock { $0 } }
    func add(_ fault: Fault) { list.withLock { $0.append(fault) } }
}

/// Values to keep, with texts that are hard to keep.
enum Samples {
    static let hardText = "naïve 🦊 \u{0} ' \" \\ \r\n \u{2028} 日本語 \u{10FFFF} e\u{301}"
    static let hugeText = String(repeating: "Wörter ", count: 400_000)

    static func trace(_ number: Int, text: String? = nil, attempts: Int = 2) -> Trace {
        Trace(
            id: "trace-\(number)", at: Timestamp(microseconds: Int64(number) * 1000), route: "auto", question: "q",
            text: text,
            need: Need(
                annotator: "lexical", mentions: [.init(keyword: "sum", score: 0.5, skill: "math", similarity: 1)]),
            recruitment: recruitment,
            attempts: (0..<attempts).map { index in
                Attempt(
                    expert: "a", role: .seat, seconds: 1.5, usage: Usage(promptTokens: 7, completionTokens: index),
                    dollars: 0.25, finish: index == 0 ? .stop : nil,
                    fault: index == 0 ? nil : Fault(.expertTimedOut, "a", "took too long"))
            },
            verdict: verdict, outcome: .complete, usage: Usage(promptTokens: 14, completionTokens: 1),
            dollars: 0.5, seconds: 3, decisionSeconds: 0.125, notes: ["one expert failed"])
    }

    static let recruitment = Recruitment(
        strategy: "skill", seats: [.init(expert: "a", probability: 0.75), .init(expert: "b", probability: 0.25)],
        suitabilities: [.init(expert: "a", local: -3, strength: 0.1, weight: 0.3, probability: 0.75)],
        excluded: [.init(expert: "c", because: "resting")], seed: (1 << 53) - 1, reason: "drawn")

    static let verdict = Verdict(
        method: "vote", expert: "a", ballots: [.init(answer: "12", votes: 2, experts: ["a", "b"])], agreement: 1)

    static func run(_ id: String, startedAt: Int64 = 5) -> Run {
        Run(
            id: id, suite: "gsm8k", data: "0af", strategy: "skill", experts: ["a", "b, c"], seed: .max,
            promptVersion: "2", questionCount: 3, startedAt: Timestamp(microseconds: startedAt),
            settings: #"{"shots": 8}"#)
    }

    static func runAnswer(_ question: String, seat: Int, text: String) -> RunAnswer {
        RunAnswer(
            question: question, seat: seat, expert: "a",
            answer: Answer(expert: "a", text: text, usage: Usage(promptTokens: 3, completionTokens: 4), seconds: 2),
            dollars: 0.5)
    }

    static func grade(_ question: String, text: String) -> RunGrade {
        RunGrade(
            question: question, text: text, verdict: verdict, strict: nil, flexible: "12", isStrictlyRight: false,
            isFlexiblyRight: true, isCut: false, hasFailed: false)
    }

    static func mark(_ expert: ExpertID, _ question: String, isRight: Bool, at: Int64) -> Mark {
        Mark(
            expert: expert, skill: "math", skillVersion: "1", question: question, isRight: isRight,
            isComplete: !isRight, at: Timestamp(microseconds: at))
    }

    /// A store whose reports are of no interest.
    static func store(_ path: String = ":memory:", settings: StoreSettings = StoreSettings()) throws -> SQLiteStore {
        try SQLiteStore(path, settings: settings, time: HandClock().time, report: { _ in })
    }
}

/// The fault that `work` throws; nil if it throws none.
func fault(_ work: () async throws -> Void) async -> Fault? {
    do { try await work() } catch { return error as? Fault }
    return nil
}
