import Core

/// What a second expert's agreement says about it, as evidence for its profile.
///
/// One that agrees adds right answers, one that differs wrong ones, in each skill the question needed: at a quarter of the
/// weight of a graded answer, and less where the answer that it was compared with is less sure. Free text and failures
/// say nothing.
struct ShadowEvidence {
    /// Beside a graded answer.
    static let weight = 0.25

    var shadow: ShadowAnswer

    var right: Double { shadow.outcome == .agrees ? Self.weight * sureness : 0 }
    var wrong: Double { shadow.outcome == .differs ? Self.weight * sureness : 0 }

    private var sureness: Double { min(max(shadow.sureness, 0), 1) }
}
