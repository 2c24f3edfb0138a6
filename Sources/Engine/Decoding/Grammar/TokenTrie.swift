/// All tokens of a vocabulary as a tree of their bytes, so that a grammar refuses whole branches at once.
///
/// Built once for a tokenizer; walking it costs a step for each node that the grammar allows. Left out are control
/// tokens, which are no text (the caller allows the end of a turn where the grammar's `mayEnd` does), and tokens of
/// no bytes, with which a model could go on forever.
public final class TokenTrie: Sendable {
    /// Number of tokens of the vocabulary; every id is in `0..<tokenCount`.
    public let tokenCount: Int
    /// Bytes of the longest token in the tree.
    let depth: Int

    // Nodes in the order of a walk that looks at children before neighbours; the root is left out.
    /// The byte that leads to each node.
    let bytes: [UInt8]
    /// Bytes from the root to each node, less one.
    let levels: [Int32]
    /// The next node that is not below each.
    let behind: [Int32]
    /// Levels from each node down to the deepest below it, itself among them, if all their bytes are plain; otherwise 0.
    let plainLevels: [Int32]
    /// Node `n` is where the tokens `tokens[firsts[n]..<firsts[n + 1]]` end.
    let firsts: [Int32]
    /// Ids in the order of their bytes.
    let tokens: [Int32]

    /// The tree of a tokenizer's tokens.
    public convenience init(_ tokenizer: some Tokenizer) {
        self.init(
            tokens: (0..<tokenizer.tokenCount).map { id in
                // Said twice, because a text's first space may be left out; a control token says nothing however often.
                tokenizer.decode([id, id]).isEmpty ? [] : tokenizer.bytes(of: id) ?? []
            })
    }

    /// The tree of tokens whose bytes are given in the order of their ids; those of no bytes are left out.
    public init(tokens texts: [[UInt8]]) {
        let order = texts.indices.filter { !texts[$0].isEmpty }.sorted {
            texts[$0].lexicographicallyPrecedes(texts[$1])
        }
        var bytes: [UInt8] = []
        var levels: [Int32] = []
        var behind: [Int32] = []
        var firsts: [Int32] = []
        // The nodes from the root to the last token's.
        var path: [Int] = []
        var last: [UInt8] = []
        for (index, id) in order.enumerated() {
            let text = texts[id]
            var shared = 0
            while shared < min(last.count, text.count), last[shared] == text[shared] { shared += 1 }
            for node in path[shared...] { behind[node] = Int32(bytes.count) }
            path.removeSubrange(shared...)
            for level in shared..<text.count {
                path.append(bytes.count)
                bytes.append(text[level])
                levels.append(Int32(level))
                behind.append(0)
                firsts.append(Int32(index))
            }
            last = text
        }
        for node in path { behind[node] = Int32(bytes.count) }
        firsts.append(Int32(order.count))
        plainLevels = Self.plainLevels(bytes, levels)
        self.bytes = bytes
        self.levels = levels
        self.behind = behind
        self.firsts = firsts
        tokens = order.map(Int32.init)
        tokenCount = texts.count
        depth = texts.lazy.map(\.count).max() ?? 0
    }

    /// Printable ASCII that stands for itself in a JSON string: most of what a vocabulary is made of.
    static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func plainLevels(_ bytes: [UInt8], _ levels: [Int32]) -> [Int32] {
        var result = Array(repeating: Int32(0), count: bytes.count)
        // For each level, the deepest of the children met since their parent's neighbour; nil if one is not plain.
        var deepest = Array(repeating: Optional(Int32(0)), count: Int(levels.max() ?? 0) + 2)
        for node in bytes.indices.reversed() {
            let level = Int(levels[node])
            let below = deepest[level + 1]
            deepest[level + 1] = 0
            if let below, isPlain(bytes[node]) {
                result[node] = below + 1
                deepest[level] = deepest[level].map { max($0, below + 1) }
            } else {
                deepest[level] = nil
            }
        }
        return result
    }
}
