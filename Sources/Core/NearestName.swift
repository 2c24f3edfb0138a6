/// Finds what somebody probably meant to write.
public enum NearestName {
    /// The closest of `choices`, if it is close enough to be a slip: at most a third of its letters differ.
    ///
    /// Distance is optimal string alignment: insertions, deletions, changes and swaps of neighbours count one each.
    public static func of(_ written: String, among choices: some Sequence<String>) -> String? {
        let wanted = Array(written.lowercased().prefix(64))
        let ranked = choices.map { ($0, distance(wanted, Array($0.lowercased().prefix(64)))) }
        guard let (best, distance) = ranked.min(by: { $0.1 < $1.1 }) else { return nil }
        return distance * 3 <= max(wanted.count, best.count) ? best : nil
    }

    package static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var older = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var current = [i + 1]
            for (j, b) in right.enumerated() {
                var best = min(previous[j] + (a == b ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, a == right[j - 1], b == left[i - 1] { best = min(best, older[j - 1] + 1) }
                current.append(best)
            }
            older = previous
            previous = current
        }
        return previous[right.count]
    }
}
