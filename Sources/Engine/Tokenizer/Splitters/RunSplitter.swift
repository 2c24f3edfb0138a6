/// Makes each run of some characters a piece, with one space in front of it where the pattern says so.
///
/// The regex it implements: `X{least,most}` or `\s?X{least,most}` for a class X that has no spaces.
package struct RunSplitter: MatchSplitter {
    /// Whether a space in front of a run goes with it.
    enum LeadingSpace: Sendable {
        case taken
        case left
    }

    private let least: Int
    private let most: Int
    private let leadingSpace: LeadingSpace
    private let isMember: @Sendable (Unicode.Scalar, ScalarClass) -> Bool

    /// `isMember` holds for the characters of X; spaces are never asked for.
    init(
        of lengths: ClosedRange<Int> = 1...Int.max, leadingSpace: LeadingSpace = .left,
        _ isMember: @escaping @Sendable (Unicode.Scalar, ScalarClass) -> Bool
    ) {
        least = lengths.lowerBound
        most = lengths.upperBound
        self.leadingSpace = leadingSpace
        self.isMember = isMember
    }

    package func matchEnd(in row: ScalarRow, from start: Int) -> Int? {
        let takesSpace = leadingSpace == .taken && row.scalarClass(start)?.isSpace == true
        let first = takesSpace ? start + 1 : start
        let end = row.end(from: first, most: most) { !$1.isSpace && isMember($0, $1) }
        return end - first >= least ? end : nil
    }
}

extension RunSplitter {
    /// `\p{N}{1,most}`
    static func digits(most: Int) -> RunSplitter {
        RunSplitter(of: 1...most) { $1 == .number }
    }

    /// `[0-9][0-9][0-9]`
    static let threeASCIIDigits = RunSplitter(of: 3...3) { scalar, _ in ("0"..."9").contains(scalar) }
}
