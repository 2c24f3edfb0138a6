import Synchronization

/// Holds one answer to a grammar: which tokens may come next, and whether it is complete.
struct GrammarConstraint {
    private var state: GrammarState
    private let trie: TokenTrie
    private let ends: Set<Int>

    init(_ grammar: Grammar, trie: TokenTrie, ends: Set<Int>) {
        state = grammar.start()
        self.trie = trie
        self.ends = ends
    }

    /// The tokens that may come next; where the text may end, those that end it too.
    mutating func allowed() -> TokenMask {
        var mask = state.allowedTokens(in: trie)
        if state.mayEnd { for end in ends where end < mask.tokenCount { mask.insert(end) } }
        return mask
    }

    /// Notes the bytes of the token that was chosen.
    mutating func advance(_ bytes: [UInt8]) { state.advance(bytes) }

    /// Whether nothing can follow.
    var isComplete: Bool { state.mustEnd }
}

/// The tree of a vocabulary's tokens, made when the first answer with a grammar asks for it.
final class GrammarTokens: Sendable {
    private let codec: TextCodec
    private let tokenCount: Int
    private let trie = Mutex<TokenTrie?>(nil)

    /// The tokens of `codec` for a model that scores `tokenCount`: those that the vocabulary lacks are no text.
    init(_ codec: TextCodec, tokenCount: Int) {
        self.codec = codec
        self.tokenCount = tokenCount
    }

    /// The tree.
    var tree: TokenTrie {
        trie.withLock { trie in
            if let trie { return trie }
            let made = TokenTrie(tokens: (0..<tokenCount).map { codec.answerBytes(of: $0) })
            trie = made
            return made
        }
    }
}

extension TextCodec {
    /// What a token adds to an answer: its bytes, or none for a control token.
    func answerBytes(of id: Int) -> [UInt8] {
        // Said twice, because a text's first space may be left out; a control token says nothing however often.
        tokenizer.decode([id, id]).isEmpty ? [] : tokenizer.bytes(of: id) ?? []
    }
}
