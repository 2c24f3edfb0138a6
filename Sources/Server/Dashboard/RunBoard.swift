import Core
import Hummingbird

/// `GET /insight/runs`, `GET /insight/runs/{id}`: benchmark runs, running ones among them.
struct RunBoard: Sendable {
    /// The most runs in one answer.
    private static let most = 200
    /// The most questions of a run that are told one by one.
    private static let mostMarks = 20_000

    let store: any InsightStore

    private struct Listing: Encodable {
        var object = "list"
        var data: [Line]
    }

    private struct Line: Encodable {
        var run: RunLine
        /// By the suite's own form of answer, and by the last number; 95 %.
        var strict: WilsonShare
        var flexible: WilsonShare
    }

    private struct Detail: Encodable {
        var run: RunLine
        var strict: WilsonShare
        var flexible: WilsonShare
        var experts: [RunShare]
        var questions: [RunMark]
    }

    func list() async throws -> Response {
        .json(
            try JSONText.of(
                Listing(
                    data: try await store.runLines(limit: Self.most).map { run in
                        Line(run: run, strict: run.strict, flexible: run.flexible)
                    })))
    }

    func one(_ id: String) async throws -> Response {
        let lines = try await store.runLines(limit: Self.most)
        guard let run = lines.first(where: { $0.id == id }) else {
            throw Fault.unknown(
                .unknownRun, "run", named: String(id.prefix(80)), among: lines.map(\.id),
                hint: "GET /insight/runs lists the latest")
        }
        return .json(
            try JSONText.of(
                Detail(
                    run: run, strict: run.strict, flexible: run.flexible,
                    experts: try await store.runShares(in: id),
                    questions: try await store.runMarks(in: id, limit: Self.mostMarks))))
    }
}

extension RunLine {
    fileprivate var strict: WilsonShare { WilsonShare(right: strictlyRight, of: graded) }
    fileprivate var flexible: WilsonShare { WilsonShare(right: flexiblyRight, of: graded) }
}
