import Core

/// Short ways to write experts, profiles and needs in tests.
enum Make {
    static func contender(
        _ id: ExpertID, _ net: [SkillName: Double], price: Price = .free
    ) -> Contender {
        let records = net.mapValues { SkillRecord(right: max(0, $0), wrong: max(0, -$0)) }
        return Contender(
            card: ExpertCard(id: id, kind: .scripted, price: price), profile: Profile(expert: id, records: records))
    }

    static func need(_ skills: SkillName...) -> Need {
        Need(
            annotator: "test",
            mentions: skills.map { .init(keyword: $0.rawValue, score: 1, skill: $0, similarity: 1) })
    }

    static func annotation(_ counts: [(String, Int)], passes: Int = 5) -> Annotation {
        Annotation(
            keywords: counts.map { .init(text: $0.0, score: Double($0.1) / Double(passes), count: $0.1) },
            passes: passes)
    }
}
