public import Core
public import Routing
import Synchronization

/// The profiles in use, and the matcher that speaks their vocabulary; replaced as a whole when evidence is added.
public final class ProfileShelf: Sendable {
    /// What a decision needs of the profiles; taken once for each decision, so that it never changes under one.
    public struct Snapshot: Sendable {
        public let book: ProfileBook
        public let matcher: SkillMatcher
    }

    private let skills: [Skill]
    private let unknown: SkillMatcher.Unknown
    private let embedder: any Embedder
    private let current: Mutex<Snapshot>

    /// - Parameters:
    ///   - judged: answers that people have judged.
    ///   - shadows: answers of second experts.
    public init(
        skills: [Skill], marks: [Mark], judged: [JudgedTrace] = [], shadows: [ShadowAnswer] = [],
        unknown: SkillMatcher.Unknown,
        embedder: any Embedder
    ) {
        self.skills = skills
        self.unknown = unknown
        self.embedder = embedder
        current = Mutex(Self.snapshot(skills, marks, judged, shadows, unknown, embedder))
    }

    /// The profiles now.
    public var snapshot: Snapshot { current.withLock { $0 } }

    /// Replaces the profiles by what these marks and judgements give.
    public func rebuild(from marks: [Mark], judged: [JudgedTrace] = [], shadows: [ShadowAnswer] = []) {
        let fresh = Self.snapshot(skills, marks, judged, shadows, unknown, embedder)
        current.withLock { $0 = fresh }
    }

    private static func snapshot(
        _ skills: [Skill], _ marks: [Mark], _ judged: [JudgedTrace], _ shadows: [ShadowAnswer],
        _ unknown: SkillMatcher.Unknown, _ embedder: any Embedder
    ) -> Snapshot {
        let book = ProfileBuilder(skills: skills).build(from: marks, judged: judged, shadows: shadows)
        return Snapshot(
            book: book,
            matcher: SkillMatcher(skills: skills, vocabulary: book.vocabulary, unknown: unknown, embedder: embedder))
    }
}
