import Core
import Hummingbird
import Pipeline

/// `GET /insight/skills`: skills by experts with counts and intervals, and what has changed since a day.
struct SkillMap: Sendable {
    let parts: InsightParts

    private struct Report: Encodable {
        /// Absent if no day was named.
        var since: Timestamp?
        var experts: [Expert]
        var skills: [Skill]
        var cells: [Cell]
    }

    private struct Expert: Encodable {
        var id: String
        /// The sum of its profile.
        var strength: Double
    }

    private struct Skill: Encodable {
        var name: String
        var category: String
        var description: String
        /// How many graded questions it has.
        var questions: Int
    }

    struct Cell: Encodable {
        var skill: String
        var expert: String
        /// Graded answers to the questions of the skill's present version.
        var graded: WilsonShare
        /// Wrong because they were cut by a token limit.
        var cut: Int
        /// What routing goes by: halves from narrower skills and from what people said of answers are in it.
        var profile: SkillRecord?
        /// Before and after the day that was named.
        var drift: Drift?
        var latest: Timestamp?
    }

    struct Drift: Encodable {
        /// As it was known on that day, the latest mark of each question.
        var before: WilsonShare
        /// What was graded since.
        var after: WilsonShare
        /// `better`, `worse`, or `even` where the intervals overlap.
        var change: String

        /// Nil unless there is something on both sides.
        init?(_ marks: [Mark], former: [Mark], since day: Timestamp) {
            var known: [String: Mark] = [:]
            for mark in (former + marks).sorted(by: { $0.at < $1.at }) where mark.at < day {
                known[mark.question] = mark
            }
            let fresh = marks.filter { $0.at >= day }
            guard !known.isEmpty, !fresh.isEmpty else { return nil }
            before = WilsonShare(known.values)
            after = WilsonShare(fresh)
            change = after.low > before.high ? "better" : after.high < before.low ? "worse" : "even"
        }
    }

    func respond(_ query: InsightQuery) async throws -> Response {
        let since = try query.moment("since")
        let skills = parts.skills().filter(\.isActive)
        let experts = parts.directory().experts.map(\.card.id)
        let book = parts.book()
        let versions = Dictionary(skills.map { ($0.name, $0.version) }, uniquingKeysWith: { first, _ in first })
        let isCurrent = { (mark: Mark) in versions[mark.skill].map { $0 == mark.skillVersion } ?? true }
        let marks = Dictionary(grouping: try await parts.marks.marks().filter(isCurrent), by: Place.init)
        let former =
            since == nil
            ? [:] : Dictionary(grouping: try await parts.store.formerMarks().filter(isCurrent), by: Place.init)
        let described = Set(skills.map(\.name))
        // Skills that no folder describes: raw keywords of earlier runs.
        let others = Set(marks.keys.map(\.skill)).union(book.vocabulary).subtracting(described).sorted()
        var cells: [Cell] = []
        for skill in skills.map(\.name) + others {
            for expert in experts {
                let place = Place(expert: expert, skill: skill)
                let mine = marks[place] ?? []
                let profile = book.profile(of: expert).records[skill]
                guard !mine.isEmpty || profile != nil else { continue }
                cells.append(
                    Cell(
                        skill: skill.rawValue, expert: expert.rawValue, graded: WilsonShare(mine),
                        cut: mine.count { !$0.isComplete }, profile: profile,
                        drift: since.flatMap { Drift(mine, former: former[place] ?? [], since: $0) },
                        latest: mine.map(\.at).max()))
            }
        }
        return .json(
            try JSONText.of(
                Report(
                    since: since,
                    experts: experts.map { Expert(id: $0.rawValue, strength: book.profile(of: $0).strength) },
                    skills: skills.map { skill in
                        Skill(
                            name: skill.name.rawValue, category: skill.category, description: skill.description,
                            questions: skill.questions.count)
                    }
                        + others.map { Skill(name: $0.rawValue, category: "", description: "", questions: 0) },
                    cells: cells)))
    }

    private struct Place: Hashable {
        var expert: ExpertID
        var skill: SkillName

        init(_ mark: Mark) { (expert, skill) = (mark.expert, mark.skill) }

        init(expert: ExpertID, skill: SkillName) { (self.expert, self.skill) = (expert, skill) }
    }
}

extension WilsonShare {
    fileprivate init(_ marks: some Collection<Mark>) { self.init(right: marks.count { $0.isRight }, of: marks.count) }
}
