import Experts
import Testing

struct HashedEmbedderTests {
    private func cosine(_ left: String, _ right: String) async throws -> Float {
        let vectors = try await HashedEmbedder().embed([left, right])
        return zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test func vectorsHaveUnitLengthAndOneDimension() async throws {
        let texts = ["eigenvalues of a matrix", "a", "", "?!", "漢字", String(repeating: "word ", count: 10_000)]
        for vector in try await HashedEmbedder().embed(texts) {
            #expect(vector.count == HashedEmbedder.dimension)
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
    }

    @Test func spellingsOfAWordAreNearAndOtherWordsAreNot() async throws {
        let near = try await cosine("eigenvalue", "eigenvalues")
        let far = try await cosine("eigenvalue", "photosynthesis")
        #expect(near > 0.5)
        #expect(abs(far) < 0.2)
        #expect(try await cosine("Linear Algebra", "linear, algebra!") > 0.999)
        let more = try await cosine("linear algebra", "algebra")
        #expect(more > 0.4)
    }

    @Test func isTheSameOnEveryMachine() async throws {
        // Profiles that are kept depend on these places and signs.
        let vector = try await HashedEmbedder().embed(["sql"])[0]
        let places = vector.indices.filter { vector[$0] != 0 }
        #expect(places.map { "\($0)\(vector[$0] < 0 ? "-" : "+")" } == Self.sql)
        #expect(HashedEmbedder().name == "hashed-512-1")
    }

    /// Worked out apart from this code: FNV-1a of `w:sql` and of the 3- to 5-letter pieces of `^sql$`.
    private static let sql = ["33-", "67+", "110-", "165+", "369-", "458+", "495-"]
}
