/// The merges of a byte-level vocabulary: which two symbols become one, and which pair goes first.
///
/// A symbol below the number of tokens is that token; above are texts that merges name and the vocabulary lacks, which
/// may be steps on the way to a token. Source: arXiv:1508.07909, over bytes as in GPT-2.
struct BytePairMerges: Sendable {
    /// Symbol of each byte, 256; nil where the vocabulary has no token for the byte.
    private let byteSymbols: [Int32?]
    private let tokenCount: Int32
    /// By left symbol in the upper and right symbol in the lower 32 bits.
    private let merges: [UInt64: SymbolChain.Merge]

    /// `merges` are lines of two texts in the byte alphabet with a space between, the first merged first; of equal
    /// lines the first counts. Throws `TokenizerRefusal`.
    init(_ lines: [String], vocabulary: Vocabulary) throws(TokenizerRefusal) {
        let most = Int(Int32.max) / 4
        guard lines.count <= most else { throw .mergeCount(found: lines.count, most: most) }
        tokenCount = Int32(vocabulary.count)
        var nextSymbol = tokenCount
        var steps: [[UInt8]: Int32] = [:]
        func symbol(of text: [UInt8]) -> Int32 {
            if let known = vocabulary.id(of: text[...]) ?? steps[text] { return known }
            defer { nextSymbol += 1 }
            steps[text] = nextSymbol
            return nextSymbol
        }
        var merges: [UInt64: SymbolChain.Merge] = [:]
        merges.reserveCapacity(lines.count)
        for (rank, line) in lines.enumerated() {
            guard let (left, right) = Self.halves(of: line) else { throw .merge(index: rank) }
            let pair = Self.key(symbol(of: left), symbol(of: right))
            guard merges[pair] == nil else { continue }
            merges[pair] = SymbolChain.Merge(order: Double(rank), symbol: symbol(of: left + right))
        }
        self.merges = merges
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
        chain.mergeAll { left, right, _ in merges[Self.key(left, right)] }
        for (symbol, bytes) in chain.row {
            if symbol < tokenCount {
                ids.append(Int(symbol))
            } else {
                ids.append(contentsOf: symbols[bytes].map { Int($0) })
            }
        }
    }

    /// The two texts of a line. The space between them is not the first character: that would leave the left one empty.
    private static func halves(of line: String) -> (left: [UInt8], right: [UInt8])? {
        let characters = line.unicodeScalars
        guard let space = characters.dropFirst().firstIndex(of: " "),
            let left = ByteAlphabet.bytes(of: line[..<space]),
            let right = ByteAlphabet.bytes(of: line[characters.index(after: space)...]), !right.isEmpty
        else { return nil }
        return (left, right)
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// UTF-8 never has C0, C1 and F5 to FF.
    private static func occursInText(_ byte: UInt8) -> Bool {
        byte < 0xC0 || (0xC2...0xF4).contains(byte)
    }
}
