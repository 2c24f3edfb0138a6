import Core
import Routing

/// Gathers questions that a router can hardly tell apart: what is left unknown inside a group is noise to it.
struct QuestionGroups {
    /// How many groups there are, and from how many questions they are found.
    private static let groups = 64
    private static let sample = 8_000

    let seed: UInt64

    /// The group of each question, `[questions]`.
    func groups(of questions: [Int], in vectors: VectorFile) -> [Int32] {
        var sampled = questions
        if sampled.count > Self.sample {
            var random = SeededRandom(seed: seed)
            random.shuffle(&sampled)
            sampled = Array(sampled.prefix(Self.sample))
        }
        let centres = KMeans(sampled.map(vectors.vector), clusters: Self.groups, seed: seed)
        return questions.map { question in
            let distances = centres.distances(to: vectors.vector(question))
            return Int32(distances.indices.min { distances[$0] < distances[$1] } ?? 0)
        }
    }
}
