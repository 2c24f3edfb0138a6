import Core
import Routing
import Testing

/// Puts each text at an angle given by the test, so that cosines are known.
private struct CompassEmbedder: Embedder {
    let name = "compass"
    let directions: [String: [Float]]

    func embed(_ texts: [String]) async throws -> [[Float]] { texts.map { directions[$0] ?? [0, 0, 1] } }
}

/// Must not be asked.
private struct ForbiddenEmbedder: Embedder {
    let name = "forbidden"

    func embed(_ texts: [String]) async throws -> [[Float]] {
        throw Fault(.expertFailed, "embedder", "was asked for \(texts)")
    }
}

struct SkillMatcherTests {
    private let skills = [
        Skill(name: "linear-algebra", description: "", keywords: ["matrix", "eigenvalue"]),
        Skill(name: "contract-law", description: "", keywords: ["breach"]),
    ]

    private func keyword(_ text: String) -> Annotation.Keyword { .init(text: text, score: 1) }

    @Test func namesAndListedKeywordsMatchExactlyWithoutAnEmbedder() async throws {
        let matcher = SkillMatcher(skills: skills, vocabulary: [], embedder: ForbiddenEmbedder())
        let mentions = try await matcher.match(["Linear Algebra", "linear-algebra", "matrix", "Breach"].map(keyword))
        #expect(mentions.map(\.skill) == ["linear-algebra", "linear-algebra", "linear-algebra", "contract-law"])
        #expect(mentions.allSatisfy { $0.similarity == 1 })
    }

    /// cos((0.6, 0.8), (0.8, 0.6)) = 0.96 against cos with (1, 0) = 0.6 and others less.
    @Test func anUnseenKeywordBecomesItsNearestNeighbour() async throws {
        let matcher = SkillMatcher(
            skills: skills, vocabulary: [],
            embedder: CompassEmbedder(directions: [
                "spectral theory": [0.6, 0.8, 0], "eigenvalue": [0.8, 0.6, 0], "matrix": [1, 0, 0],
            ]))
        let mention = try await matcher.match([keyword("spectral theory")])[0]
        #expect(mention.skill == "linear-algebra")
        #expect(abs(mention.similarity - 0.96) < 1e-6)
    }

    @Test func twoKeywordsMayLandOnOneSkillAndThenCountTwice() async throws {
        let matcher = SkillMatcher(skills: skills, vocabulary: [], embedder: ForbiddenEmbedder())
        let mentions = try await matcher.match(["matrix", "eigenvalue"].map(keyword))
        #expect(Need(annotator: "test", mentions: mentions).skills == ["linear-algebra", "linear-algebra"])
    }

    @Test func rawKeywordsOfAValidationSetArePartOfTheVocabulary() async throws {
        let matcher = SkillMatcher(skills: [], vocabulary: ["property law"], embedder: ForbiddenEmbedder())
        #expect(try await matcher.match([keyword("property law")])[0].skill == "property law")
    }

    @Test func unknownKeywordsCanBeIgnored() async throws {
        let matcher = SkillMatcher(skills: skills, vocabulary: [], unknown: .ignore, embedder: ForbiddenEmbedder())
        #expect(try await matcher.match([keyword("cookery")])[0].skill == nil)
    }
}
