import Core
import Routing
import Testing

struct LexicalAnnotatorTests {
    private let annotator = LexicalAnnotator(skills: [
        Skill(
            name: "linear-algebra", description: "Vectors, matrices, determinants and linear systems.",
            keywords: ["matrix", "eigenvalue", "rank", "linear system"]),
        Skill(
            name: "contract-law", description: "Offers, acceptance and breach between parties.",
            keywords: ["contract", "breach", "offer and acceptance"]),
        Skill(
            name: "arithmetic-word-problems", description: "Everyday amounts in a short story.",
            keywords: ["how many", "how much", "altogether", "left over", "twice as many"]),
        Skill(name: "draft", description: "Rank rank rank.", keywords: ["rank"], isActive: false),
    ])

    private func skills(_ text: String) -> [SkillName] { annotator.find(in: text).map(\.skill) }

    @Test func findsSkillsByTheirKeywords() {
        #expect(skills("What is the rank of [[1,2],[2,4]]?") == ["linear-algebra"])
        #expect(skills("Was there a breach of the contract?") == ["contract-law"])
    }

    @Test func keywordsOfSeveralWordsAreFoundAcrossFrequentWords() {
        #expect(skills("How many clips did she sell altogether?") == ["arithmetic-word-problems"])
        #expect(skills("Explain offer and acceptance.") == ["contract-law"])
    }

    @Test func pluralsAndCasesDoNotMatter() {
        #expect(skills("EIGENVALUES of two Matrix products") == ["linear-algebra"])
    }

    @Test func nothingPointsAnywhereInAGreeting() {
        #expect(skills("Hello there!").isEmpty)
        #expect(skills("").isEmpty)
    }

    @Test func draftsAreNeverRoutedOn() {
        #expect(!skills("rank").contains("draft"))
    }

    @Test func aHugeQuestionIsNoDanger() {
        let text = String(repeating: "matrix ", count: 400_000)
        #expect(skills(text) == ["linear-algebra"])
    }

    @Test func asksNobody() async throws {
        let found = try await annotator.annotate(Question("matrix"))
        #expect(found.calls == 0)
        #expect(found.passes == 1)
    }
}
