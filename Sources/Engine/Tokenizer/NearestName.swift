/// The known name that a misspelt one most probably stands for.
enum NearestName {
    /// The name in `known` with the fewest letters to change, insert or leave out, the first of equals; nil when more
    /// than half of the letters would change.
    static func of(_ name: String, among known: [String]) -> String? {
        // Longer names are outside data, and no known one is near.
        let name = Array(name.unicodeScalars.prefix(40))
        let best = known.map { (name: $0, changes: changes(from: name, to: Array($0.unicodeScalars))) }
            .min { $0.changes < $1.changes }
        guard let best, 2 * best.changes <= max(name.count, best.name.unicodeScalars.count) else { return nil }
        return best.name
    }

    /// The edit distance of Levenshtein (1966), one row of the table at a time.
    private static func changes(from first: [Unicode.Scalar], to second: [Unicode.Scalar]) -> Int {
        var row = Array(0...second.count)
        for (index, scalar) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in second.enumerated() {
                let changed = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
