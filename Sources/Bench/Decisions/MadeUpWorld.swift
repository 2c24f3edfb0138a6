import Core

/// Experts, skills, marks and questions made up from a seed, to measure deciding with.
struct MadeUpWorld {
    /// Keywords of each skill.
    static let keywordCount = 8
    /// Marks that each expert has in each skill.
    private static let marksEach = 2
    /// Words of a question that belong to no skill.
    private static let fillerCount = 30

    let skills: [Skill]
    let experts: [any Expert]
    let marks: [Mark]
    let questions: [String]

    init(size: RoutingBenchmark.Size, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var words = WordMaker()
        let filler = (0..<500).map { _ in words.next(&random) }
        skills = (0..<size.skills).map { _ in
            let keywords = (0..<Self.keywordCount).map { _ in words.next(&random) }
            let name = "\(words.next(&random))-\(words.next(&random))"
            let about = (0..<12).map { _ in filler[random.below(filler.count)] }.joined(separator: " ")
            return Skill(name: SkillName(name), description: about, keywords: keywords)
        }
        let experts = (0..<size.experts).map { index in
            let price = Price(input: random.unit(), output: random.unit())
            return MadeUpExpert(
                card: ExpertCard(id: ExpertID("expert-\(index)"), kind: .scripted, context: 32_768, price: price))
        }
        var marks: [Mark] = []
        for expert in experts {
            let skillful = random.unit()
            for skill in skills {
                for question in 0..<Self.marksEach {
                    marks.append(
                        Mark(
                            expert: expert.card.id, skill: skill.name, skillVersion: skill.version,
                            question: String(question), isRight: random.unit() < skillful,
                            at: Timestamp(microseconds: 0)))
                }
            }
        }
        let known = skills
        questions = (0..<size.questions).map { _ in
            var text = (0..<Self.fillerCount).map { _ in filler[random.below(filler.count)] }
            for _ in 0..<3 {
                let keywords = known[random.below(known.count)].keywords
                text.append(keywords[random.below(keywords.count)])
            }
            random.shuffle(&text)
            return text.joined(separator: " ") + "?"
        }
        self.experts = experts
        self.marks = marks
    }
}

/// Makes words that can be pronounced, each once.
private struct WordMaker {
    private var used: Set<String> = []

    mutating func next(_ random: inout SeededRandom) -> String {
        let consonants = Array("bdfghklmnprtvz")
        let vowels = Array("aeiou")
        while true {
            // It ends in a vowel, so that nobody takes it for a plural.
            let word = String(
                (0..<3 + random.below(2)).flatMap { _ in
                    [consonants[random.below(consonants.count)], vowels[random.below(vowels.count)]]
                })
            if used.insert(word).inserted { return word }
        }
    }
}

/// An expert that can be recruited but not asked.
private struct MadeUpExpert: Expert {
    let card: ExpertCard

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        throw Fault(.unsupported, card.id.rawValue, "is made up to measure routing and answers nothing")
    }
}
