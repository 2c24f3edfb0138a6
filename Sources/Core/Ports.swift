/// Finds the skills that a question needs.
public protocol SkillAnnotator: Sendable {
    /// `lexical`, or the id of the annotating expert with its settings: also the key under which results are cached.
    var name: String { get }

    /// The keywords of a question. Never throws for want of an answer: a question may have none.
    func annotate(_ question: Question) async throws -> Annotation
}

/// Turns texts into vectors whose cosine says how close their meanings are.
public protocol Embedder: Sendable {
    /// Names the embedder and its settings, for caches.
    var name: String { get }

    /// One vector of unit length for each text, all of the same dimension.
    func embed(_ texts: [String]) async throws -> [[Float]]

    /// The same embedder with vectors of another length; nil if it has but one.
    func shortened(to dimensions: Int) -> (any Embedder)?
}

extension Embedder {
    public func shortened(to dimensions: Int) -> (any Embedder)? { nil }
}

/// Keeps annotations, so that a question is annotated once by each annotator.
public protocol AnnotationStore: Sendable {
    func annotation(of question: Fingerprint, by annotator: String) async throws -> Annotation?
    func keep(_ annotation: Annotation, of question: Fingerprint, by annotator: String) async throws
}

/// Keeps the evidence about experts.
public protocol MarkStore: Sendable {
    /// Adds evidence; a mark for the same expert, skill, version and question replaces the older one.
    func add(_ marks: [Mark]) async throws
    /// All marks, oldest first.
    func marks() async throws -> [Mark]
    /// Forgets what is known about an expert; returns how many marks that were.
    func forget(_ expert: ExpertID) async throws -> Int
}

/// Keeps traces. Writing never makes a request wait: `keep` returns at once and a failure is logged, not thrown.
public protocol TraceStore: Sendable {
    func keep(_ trace: Trace)
    func trace(_ id: String) async throws -> Trace?
    /// The latest traces, newest first.
    func traces(limit: Int) async throws -> [Trace]
}

/// Keeps what people thought of answers.
public protocol FeedbackStore: Sendable {
    /// Keeps feedback; a later one for the same trace replaces an earlier one. Deleted together with its trace.
    ///
    /// - Throws: `unknownTrace` if no such trace is kept.
    func keep(_ feedback: Feedback) async throws
    /// The latest traces that have feedback, newest first.
    func judgedTraces(limit: Int) async throws -> [JudgedTrace]
}

/// Keeps experts that were added by command; each is a piece of configuration text, checked like the file.
public protocol ExpertRegistry: Sendable {
    /// Definitions by id, in the order added; each is the JSON of one entry of `experts:`.
    func definitions() async throws -> [(id: ExpertID, definition: String)]
    func add(_ id: ExpertID, definition: String) async throws
    /// False if there was none.
    func remove(_ id: ExpertID) async throws -> Bool
}

/// Keeps small choices that were measured, such as the best aggregator for a task.
public protocol ChoiceStore: Sendable {
    func choice(_ key: String) async throws -> String?
    func choose(_ value: String, for key: String) async throws
}
