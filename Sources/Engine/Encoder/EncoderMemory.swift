/// The working memory of one pass through an encoder: what each token is on its way, one row a token.
///
/// Freed with its owner. Rows follow each other without a gap.
final class EncoderMemory {
    /// [tokens][hidden], what goes from layer to layer.
    let hidden: UnsafeMutablePointer<Float>
    /// [tokens][3 · hidden], queries, keys and values.
    let projected: UnsafeMutablePointer<Float>
    /// [tokens][hidden], what the heads found.
    let mixed: UnsafeMutablePointer<Float>
    /// [tokens][hidden], what a block adds.
    let added: UnsafeMutablePointer<Float>
    /// [tokens][inner]
    let inner: UnsafeMutablePointer<Float>
    /// For each thread what `EncoderAttention` needs.
    let scratch: [UnsafeMutablePointer<Float>]

    /// For `tokens` tokens, of texts of at most `longest`.
    init(sizes: EncoderSizes, tokens: Int, longest: Int, threads: Int) {
        hidden = .allocate(capacity: tokens * sizes.hidden)
        projected = .allocate(capacity: tokens * sizes.hidden * 3)
        mixed = .allocate(capacity: tokens * sizes.hidden)
        added = .allocate(capacity: tokens * sizes.hidden)
        inner = .allocate(capacity: tokens * sizes.inner)
        let attention = EncoderAttention.scratchCount(headSize: sizes.headSize, longest: longest)
        scratch = (0..<threads).map { _ in .allocate(capacity: attention) }
    }

    deinit {
        for memory in [hidden, projected, mixed, added, inner] + scratch { memory.deallocate() }
    }
}
