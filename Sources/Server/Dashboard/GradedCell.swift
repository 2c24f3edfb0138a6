import Core
import Hummingbird

/// `GET /insight/marks?skill=…&expert=…`: the graded questions behind one cell of the map.
struct GradedCell: Sendable {
    let parts: InsightParts

    private struct Report: Encodable {
        var skill: String
        var expert: String
        var data: [Line]
    }

    private struct Line: Encodable {
        var question: String
        /// What was asked and what is right; absent if the skill does not have the question any more.
        var text: String?
        var answer: String?
        var isRight: Bool
        /// False if the answer was cut by its token limit.
        var isComplete: Bool
        var at: Timestamp
        /// False if it was asked under an earlier version of the skill, and counts no more.
        var counts: Bool
        /// What came of it before, oldest first.
        var former: [Former]
    }

    private struct Former: Encodable {
        var isRight: Bool
        var at: Timestamp
    }

    func respond(_ query: InsightQuery) async throws -> Response {
        guard let expert = try query.text("expert"), let name = try query.text("skill") else {
            throw Fault(
                .invalidRequest, "expert", "it is missing", expected: "An expert and a skill are expected",
                hint: "/insight/marks?skill=algebra&expert=general")
        }
        let skill = parts.skills().first { $0.name.rawValue == name }
        let questions = Dictionary(
            (skill?.questions ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let isMine = { (mark: Mark) in mark.expert.rawValue == expert && mark.skill.rawValue == name }
        let former = Dictionary(grouping: try await parts.store.formerMarks().filter(isMine), by: \.question)
        let lines = try await parts.marks.marks().filter(isMine).map { mark in
            Line(
                question: mark.question, text: questions[mark.question]?.question,
                answer: questions[mark.question]?.answer, isRight: mark.isRight, isComplete: mark.isComplete,
                at: mark.at, counts: skill.map { $0.version == mark.skillVersion } ?? true,
                former: (former[mark.question] ?? []).map { Former(isRight: $0.isRight, at: $0.at) })
        }
        return .json(
            try JSONText.of(Report(skill: name, expert: expert, data: lines.sorted { $0.question < $1.question })))
    }
}
