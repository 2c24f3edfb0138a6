import Engine

/// A state behind a reference: expectations cannot hold a call that changes a value.
final class WrittenText {
    private var state: GrammarState

    init(_ state: GrammarState) { self.state = state }

    var mayEnd: Bool { state.mayEnd }
    var mustEnd: Bool { state.mustEnd }

    func advance(_ bytes: some Sequence<UInt8>) -> Bool { state.advance(bytes) }
    func allowedTokens(in trie: TokenTrie) -> TokenMask { state.allowedTokens(in: trie) }
    func copy() -> WrittenText { WrittenText(state) }
}
