/// The merges of a byte-level vocabulary: which two symbols become one, and which pair goes first.
///
/// A symbol below the number of tokens is that token; above are texts that merges name and the vocabulary lacks, which
/// may be steps on the way to a token. Source: arXiv:1508.07909, over bytes as in GPT-2.
struct BytePairMerges: Sendable {
    /// Symbol of each byte, 256; nil where the vocabulary has no token for the byte.
    private let byteSymbols: [Int32?]
    private let tokenCount: Int32
    /// Rank by left symbol in the upper and right symbol in the lower 32 bits.
    private let ranks: [UInt64: Int32]
    /// What the merge of each rank gives.
    private let results: [Int32]

    /// `merges` are lines of two texts in the byte alphabet with a space between, the first merged first; of equal
    /// lines the first counts. Throws `TokenizerRefusal`.
    init(_ lines: [String], vocabulary: Vocabulary) throws(TokenizerRefusal) {
        let most = Int(Int32.max) / 4
        guard lines.count <= most else { throw .mergeCount(found: lines.count, most: most) }
        tokenCount = Int32(vocabulary.count)
        var nextSymbol = tokenCount
        var steps: [[UInt8]: Int32] = [:]
        func symbol(of text: ArraySlice<UInt8>) -> Int32 {
            if let known = vocabulary.id(of: text) ?? steps[Array(text)] { return known }
            defer { nextSymbol += 1 }
            steps[Array(text)] = nextSymbol
            return nextSymbol
        }
        var ranks: [UInt64: Int32] = [:]
        var results: [Int32] = []
        ranks.reserveCapacity(lines.count)
        results.reserveCapacity(lines.count)
        var joined: [UInt8] = []
        for (rank, line) in lines.enumerated() {
            joined.removeAll(keepingCapacity: true)
            guard let middle = Self.append(line, to: &joined) else { throw .merge(index: rank) }
            let pair = Self.key(symbol(of: joined[..<middle]), symbol(of: joined[middle...]))
            results.append(symbol(of: joined[...]))
            if ranks[pair] == nil { ranks[pair] = Int32(rank) }
        }
        self.ranks = ranks
        self.results = results
        var byteSymbols: [Int32?] = []
        for byte in UInt8.min...UInt8.max {
            let symbol = vocabulary.id(of: [byte])
            guard symbol != nil || !Self.occursInText(byte) else { throw .missingByte(byte) }
            byteSymbols.append(symbol)
        }
        self.byteSymbols = byteSymbols
    }

    /// Appends the ids of one piece of a text.
    func encode(_ piece: ArraySlice<UInt8>, into ids: inout [Int]) {
        // Bytes that are not in UTF-8 do not occur in a piece; the rest have a symbol.
        let symbols = piece.compactMap { byteSymbols[Int($0)] }
        var chain = SymbolChain(symbols: symbols, starts: Array(0...symbols.count))
        chain.mergeAll { left, right, _ in
            guard let rank = ranks[Self.key(left, right)] else { return nil }
            return SymbolChain.Merge(order: Double(rank), symbol: results[Int(rank)])
        }
        for (symbol, bytes) in chain.row {
            if symbol < tokenCount {
                ids.append(Int(symbol))
            } else {
                ids.append(contentsOf: symbols[bytes].map { Int($0) })
            }
        }
    }

    /// Appends the two texts of a line and gives where the second begins. The space between them is not the first
    /// character: that would leave the left one empty.
    private static func append(_ line: String, to joined: inout [UInt8]) -> Int? {
        let characters = line.utf8
        guard let space = characters.dropFirst().firstIndex(of: 0x20),
            ByteAlphabet.append(characters[..<space], to: &joined)
        else { return nil }
        let middle = joined.count
        guard ByteAlphabet.append(characters[characters.index(after: space)...], to: &joined) else { return nil }
        return middle < joined.count ? middle : nil
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// UTF-8 never has C0, C1 and F5 to FF.
    private static func occursInText(_ byte: UInt8) -> Bool {
        byte < 0xC0 || (0xC2...0xF4).contains(byte)
    }
}
