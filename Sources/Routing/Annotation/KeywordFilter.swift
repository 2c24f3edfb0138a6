public import Core

/// Keeps the keywords that an annotator is sure of.
///
/// Source: Symbolic-MoE, arXiv:2503.05641. The released code counts within one question's own passes; a reviewer restates
/// the paper as counting over the whole set. Both are here, the code is the default. With a single pass nothing could be
/// named twice, so everything short enough is kept.
public enum KeywordFilter: String, Sendable, Hashable, CaseIterable {
    /// Named more than once for this question (the authors' code).
    case perQuestion = "per_question"
    /// Named more than once in the whole set of questions (as restated).
    case perSet = "per_set"

    /// Longer keywords are dropped, in characters (the authors' code).
    public static let longest = 20

    /// The kept keywords of each annotation, in order.
    public func keep(in annotations: [Annotation]) -> [[Annotation.Keyword]] {
        var total: [String: Int] = [:]
        if self == .perSet {
            for keyword in annotations.flatMap(\.keywords) { total[keyword.text, default: 0] += keyword.count }
        }
        return annotations.map { annotation in
            annotation.keywords.filter { keyword in
                guard annotation.passes > 1 else { return true }
                let count = self == .perSet ? total[keyword.text] ?? 0 : keyword.count
                return keyword.text.count <= Self.longest && count > 1
            }
        }
    }
}
