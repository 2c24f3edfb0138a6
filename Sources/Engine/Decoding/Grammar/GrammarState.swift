/// Where the text written so far stands in a grammar: which tokens may follow, and whether it may end.
///
/// A value: a copy goes its own way. It remembers what it worked out, up to some megabytes, and a copy shares that
/// until either learns more; so keep one for each text that is written.
///
/// Laws: a byte is taken only if some document begins with the text and it; from every state some bytes lead to the
/// end; `allowedTokens` are exactly the tokens that `advance` takes.
public struct GrammarState: Sendable {
    private var table: ConfigurationTable
    private var configuration = ConfigurationTable.beginning
    /// Masks of configurations, all for `trie`.
    private var masks: [Int32: TokenMask] = [:]
    private var trie: TokenTrie?

    init(_ table: ConfigurationTable) { self.table = table }

    /// Whether the text is a whole document.
    public var mayEnd: Bool { table.mayEnd(configuration) }

    /// Whether nothing may follow: the text is a document and no beginning of a longer one.
    public var mustEnd: Bool { !table.goesOn(configuration) }

    /// Takes the bytes behind the text if they may follow there; otherwise answers false and stays as it is.
    @discardableResult
    public mutating func advance(_ bytes: some Sequence<UInt8>) -> Bool {
        if table.isFull { forget() }
        var at = configuration
        for byte in bytes {
            at = table.step(at, byte)
            if at == ConfigurationTable.nowhere { return false }
        }
        configuration = at
        return true
    }

    /// The tokens of `trie` that may follow; a token that ends the text is the caller's to add when `mayEnd`.
    ///
    /// Costs a step for each branch of the tree that may follow, and a look-up when the same was asked before. Keep to
    /// one tree: for another everything is worked out again.
    public mutating func allowedTokens(in trie: TokenTrie) -> TokenMask {
        if self.trie !== trie {
            masks = [:]
            self.trie = trie
        }
        if let known = masks[configuration] { return known }
        if table.isFull { forget() }
        let mask = walk(trie)
        if masks.count >= GrammarLimits.masks { masks = [:] }
        masks[configuration] = mask
        return mask
    }

    private mutating func walk(_ trie: TokenTrie) -> TokenMask {
        var mask = TokenMask(noneOf: trie.tokenCount)
        // The configuration at each level of the tree; the first is where the text stands.
        var path = Array(repeating: configuration, count: trie.depth + 1)
        var node = 0
        let count = trie.bytes.count
        while node < count {
            let level = Int(trie.levels[node])
            let behind = Int(trie.behind[node])
            // Inside a string most branches fit as a whole, whatever their letters are.
            if trie.plainLevels[node] > 0, table.takesAnyPlain(path[level], trie.plainLevels[node]) {
                for token in Int(trie.firsts[node])..<Int(trie.firsts[behind]) { mask.insert(Int(trie.tokens[token])) }
                node = behind
                continue
            }
            let next = table.step(path[level], trie.bytes[node])
            guard next != ConfigurationTable.nowhere else {
                node = behind
                continue
            }
            path[level + 1] = next
            for token in Int(trie.firsts[node])..<Int(trie.firsts[node + 1]) { mask.insert(Int(trie.tokens[token])) }
            node += 1
            if table.isFull { forget(keeping: &path, through: level + 1) }
        }
        return mask
    }

    private mutating func forget() {
        var path: [Int32] = [configuration]
        forget(keeping: &path, through: 0)
    }

    /// Forgets what is not on the way to `level`; the first of `path` is where the text stands.
    private mutating func forget(keeping path: inout [Int32], through level: Int) {
        var kept = Array(path[...level])
        table.forget(keeping: &kept)
        path.replaceSubrange(...level, with: kept)
        configuration = kept[0]
        masks = [:]
    }
}
