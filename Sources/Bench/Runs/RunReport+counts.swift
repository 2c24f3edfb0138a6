public import Core

extension RunGrade {
    /// How the question ended: each is in one column, so that nothing is silently wrong.
    public enum Column: String, Sendable, Hashable, Codable, CaseIterable {
        case right, wrong, cut, empty, refused, failed
    }

    /// Right by the flexible extractor, or why not.
    public var column: Column {
        if isFlexiblyRight { return .right }
        if hasFailed { return .failed }
        if !text.contains(where: { !$0.isWhitespace }) { return .empty }
        if isRefused == true { return .refused }
        return isCut ? .cut : .wrong
    }
}
