/// Changes the scores of one row before experts are chosen from it.
///
/// A gate keeps two sets of scores: one to *weigh* the chosen experts and one to *choose* them. `reach` says which of
/// them this transform may touch.
public protocol LogitTransform: Sendable {
    /// Which scores are changed, and when.
    var reach: TransformReach { get }

    /// The only number of experts this transform fits; nil when it fits any.
    var expertCount: Int? { get }

    /// Changes one row of scores, `[experts]`. NaN must stay NaN: it means "never choose".
    func apply(to row: inout MutableSpan<Float>)
}

/// Which scores a transform changes.
public enum TransformReach: Sendable, Equatable {
    /// The raw scores, before the normaliser: both what is chosen and how it is weighed change.
    case choiceAndWeight

    /// A copy of the normalised scores that only the selector sees: the weights stay what they were.
    case choiceOnly
}
