import CKernels

/// Lets a token look back: its queries weigh the positions held in a cache by their keys, and the values are summed
/// with those weights (arXiv:1706.03762), for one group of query heads that share a key head (arXiv:2305.13245).
package struct CachedAttention: Hashable, Sendable {
    /// Numbers of a query and of a key.
    package var keySize: Int

    /// Numbers of a value and of a head's result.
    package var valueSize: Int

    /// What a query times a key is multiplied by, mostly 1 / √keySize.
    package var scale: Float

    /// Holds scores between -cap and cap, as `cap · tanh(score / cap)`; nil leaves them alone.
    package var softcap: Float?

    package init(keySize: Int, valueSize: Int, scale: Float, softcap: Float? = nil) {
        self.keySize = keySize
        self.valueSize = valueSize
        self.scale = scale
        self.softcap = softcap
    }

    /// What the cache holds for one key head. Position p's key begins at `keys + p · keyStride`, counted in numbers.
    package struct Cache {
        package enum Numbers: Hashable, Sendable { case float, half }

        package var keys: UnsafeRawPointer
        package var values: UnsafeRawPointer
        package var keyStride: Int
        package var valueStride: Int
        package var numbers: Numbers

        package init(
            keys: UnsafeRawPointer, values: UnsafeRawPointer, keyStride: Int, valueStride: Int, numbers: Numbers
        ) {
            self.keys = keys
            self.values = values
            self.keyStride = keyStride
            self.valueStride = valueStride
            self.numbers = numbers
        }
    }

    /// Writes the results of `heads` queries, which follow each other, to `out`, where they follow each other too.
    ///
    /// - Parameters:
    ///   - positions: What the token may look at; with none the results are zeros.
    ///   - sinks: Nil, or a logit for each head that takes a share of the weights and gives nothing (gpt-oss).
    ///   - scratch: Room for `heads · positions.count` floats.
    package func attend(
        queries: UnsafePointer<Float>, heads: Int, to cache: Cache, positions: Range<Int>,
        sinks: UnsafePointer<Float>? = nil, scratch: UnsafeMutablePointer<Float>, out: UnsafeMutablePointer<Float>,
        path: CPUPath = .current
    ) {
        let held = CKernelsCache(
            keys: cache.keys, values: cache.values, key_stride: cache.keyStride, value_stride: cache.valueStride,
            half: cache.numbers == .half ? 1 : 0)
        ckernels_attend(
            queries, heads, keySize, valueSize, held, positions.lowerBound, positions.upperBound, scale, softcap ?? 0,
            sinks, scratch, out, path.code)
    }
}
