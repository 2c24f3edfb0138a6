/// The set of tokens that may come next, one bit for each token of the vocabulary.
///
/// A grammar hands one to the sampler. 64 tokens a word, so a vocabulary of 150 000 takes 19 kB.
public struct TokenMask: Sendable, Equatable {
    /// Number of tokens the mask speaks of; every id is in `0..<tokenCount`.
    public let tokenCount: Int

    /// Bit `id % 64` of word `id / 64` stands for token `id`; bits behind the last token are 0.
    private(set) var words: [UInt64]

    /// No token is allowed.
    public init(noneOf tokenCount: Int) {
        precondition(tokenCount >= 0, "a mask has no negative number of tokens")
        self.tokenCount = tokenCount
        words = [UInt64](repeating: 0, count: (tokenCount + 63) / 64)
    }

    /// Every token is allowed.
    public init(allOf tokenCount: Int) {
        self.init(noneOf: tokenCount)
        for word in words.indices {
            words[word] = .max
        }
        if tokenCount % 64 != 0 {
            words[words.count - 1] = (1 << UInt64(tokenCount % 64)) - 1
        }
    }

    /// Allows a token.
    public mutating func insert(_ token: Int) {
        precondition((0..<tokenCount).contains(token), "a mask holds tokens of its vocabulary only")
        words[token / 64] |= 1 << UInt64(token % 64)
    }

    /// Forbids a token.
    public mutating func remove(_ token: Int) {
        precondition((0..<tokenCount).contains(token), "a mask holds tokens of its vocabulary only")
        words[token / 64] &= ~(1 << UInt64(token % 64))
    }

    /// Whether a token is allowed; a token outside the vocabulary never is.
    public func contains(_ token: Int) -> Bool {
        guard (0..<tokenCount).contains(token) else { return false }
        return words[token / 64] & (1 << UInt64(token % 64)) != 0
    }

    /// Forbids what the other mask forbids. Both speak of the same vocabulary.
    public mutating func formIntersection(_ other: TokenMask) {
        precondition(tokenCount == other.tokenCount, "masks of the same vocabulary have the same number of tokens")
        for word in words.indices {
            words[word] &= other.words[word]
        }
    }

    /// Whether no token is allowed.
    public var isEmpty: Bool {
        !words.contains { $0 != 0 }
    }

    /// Number of allowed tokens.
    public var count: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
