internal import Kernels

/// Lets every token of a text look at all of them, one head at a time: unlike in a language model, also at those behind.
struct EncoderAttention {
    /// Queries that are asked together: their scores stay in the cache.
    private static let block = 32

    private let attention: CachedAttention
    private let hidden: Int

    init(_ sizes: EncoderSizes) {
        let size = sizes.headSize
        attention = CachedAttention(keySize: size, valueSize: size, scale: 1 / Float(size).squareRoot())
        hidden = sizes.hidden
    }

    /// Floats of working memory for texts of at most `longest` tokens: queries, results and scores of a block.
    static func scratchCount(headSize: Int, longest: Int) -> Int { block * (2 * headSize + longest) }

    /// Writes what head `head` finds for the `count` tokens of a text to `mixed`. `projected` and `mixed` are those of
    /// the text's first token.
    func attend(
        head: Int, projected: UnsafePointer<Float>, count: Int, mixed: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let size = attention.keySize
        let stride = 3 * hidden
        let first = projected + head * size
        let cache = CachedAttention.Cache(
            keys: first + hidden, values: first + 2 * hidden, keyStride: stride, valueStride: stride, numbers: .float)
        let queries = scratch
        let results = queries + Self.block * size
        let scores = results + Self.block * size
        for start in Swift.stride(from: 0, to: count, by: Self.block) {
            let asked = min(Self.block, count - start)
            for token in 0..<asked {
                (queries + token * size).update(from: first + (start + token) * stride, count: size)
            }
            // The queries of a block are to the kernel what heads are that share their keys.
            attention.attend(
                queries: queries, heads: asked, to: cache, positions: 0..<count, scratch: scores, out: results)
            for token in 0..<asked {
                (mixed + (start + token) * hidden + head * size).update(from: results + token * size, count: size)
            }
        }
    }
}
