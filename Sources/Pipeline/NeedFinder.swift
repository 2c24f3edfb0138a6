public import Core
public import Routing

/// Finds out which skills a question needs: annotate, keep what is sure, map onto known skills.
///
/// Annotations are kept by question and annotator, so that nobody is asked twice about the same question. If the
/// annotating expert fails, the lexical annotator takes its place and the failure is noted: routing never depends on a
/// network.
public struct NeedFinder: Sendable {
    private let annotator: any SkillAnnotator
    private let substitute: any SkillAnnotator
    private let filter: KeywordFilter
    private let kept: (any AnnotationStore)?

    /// - Parameters:
    ///   - substitute: used when `annotator` fails; the lexical one.
    ///   - kept: where annotations are cached; nil for nowhere.
    public init(
        annotator: any SkillAnnotator, substitute: any SkillAnnotator, filter: KeywordFilter = .perQuestion,
        kept: (any AnnotationStore)?
    ) {
        self.annotator = annotator
        self.substitute = substitute
        self.filter = filter
        self.kept = kept
    }

    /// What annotating a question found, and what it took just now: nothing if the annotation was cached.
    public struct Finding: Sendable {
        public var need: Need
        public var calls = 0
        public var usage = Usage()
        public var dollars = 0.0
        /// Why the lexical annotator had to step in; empty if it did not.
        public var note = ""

        /// A finding that took nothing.
        public init(need: Need, note: String = "") {
            self.need = need
            self.note = note
        }
    }

    /// The need of one question.
    public func need(of question: Question, matcher: SkillMatcher) async throws -> Finding {
        try await needs(of: [question], matcher: matcher)[0]
    }

    /// The needs of a set of questions, in order; `KeywordFilter.perSet` counts over this set.
    public func needs(of questions: [Question], matcher: SkillMatcher) async throws -> [Finding] {
        try await needs(of: questions, matcher: matcher, within: nil)
    }

    /// The need of one question within its time: when that is over, annotator and embedder count as away.
    func need(
        of question: Question, matcher: SkillMatcher, by deadline: TimeSource.Instant?, time: TimeSource
    ) async throws -> Finding {
        try await needs(of: [question], matcher: matcher, within: deadline.map { Time(deadline: $0, source: time) })[0]
    }

    /// How long may be waited for others.
    private struct Time {
        var deadline: TimeSource.Instant
        var source: TimeSource
    }

    private func needs(of questions: [Question], matcher: SkillMatcher, within time: Time?) async throws -> [Finding] {
        var annotations: [(found: Annotation, by: String, isFresh: Bool, note: String)] = []
        for question in questions { annotations.append(try await annotation(of: question, within: time)) }
        var findings: [Finding] = []
        for (annotation, keywords) in zip(annotations, filter.keep(in: annotations.map(\.found))) {
            let mentions: [Need.Mention]
            do {
                let time = time.flatMap { matcher.asksEmbedder(about: keywords) ? $0 : nil }
                mentions = try await asking("embedder", within: time) { try await matcher.match(keywords) }
            } catch let fault as Fault {
                // The embedder is away: what matches exactly still counts.
                mentions = try await matcher.ignoringUnknown.match(keywords)
                findings.append(finding(annotation, mentions, note: "embedder: \(fault.sentence)"))
                continue
            }
            findings.append(finding(annotation, mentions, note: annotation.note))
        }
        return findings
    }

    private func finding(
        _ annotation: (found: Annotation, by: String, isFresh: Bool, note: String), _ mentions: [Need.Mention],
        note: String
    ) -> Finding {
        var finding = Finding(need: Need(annotator: annotation.by, mentions: mentions), note: note)
        if annotation.isFresh {
            finding.calls = annotation.found.calls
            finding.usage = annotation.found.usage
            finding.dollars = annotation.found.dollars
        }
        return finding
    }

    /// What somebody says who is asked, unless the time is over first.
    private func asking<Result: Sendable>(
        _ name: String, within time: Time?, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let time else { return try await work() }
        return try await finishing(by: time.deadline, time: time.source, subject: name, work)
    }

    private func annotation(
        of question: Question, within time: Time?
    ) async throws -> (found: Annotation, by: String, isFresh: Bool, note: String) {
        // Looking words up is faster than reading a cache.
        guard annotator.name != substitute.name else {
            return (try await annotator.annotate(question), annotator.name, true, "")
        }
        let print = question.fingerprint
        if let known = try? await kept?.annotation(of: print, by: annotator.name) {
            return (known, annotator.name, false, "")
        }
        do {
            let found = try await asking(annotator.name, within: time) { try await annotator.annotate(question) }
            try? await kept?.keep(found, of: print, by: annotator.name)
            return (found, annotator.name, true, "")
        } catch let fault as Fault {
            return (
                try await substitute.annotate(question), substitute.name, true,
                "annotator \(annotator.name) failed, the words were used instead: \(fault.sentence)"
            )
        }
    }
}
