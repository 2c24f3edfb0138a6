internal import Kernels

/// The weights of one layer of an encoder: attention, then a feed-forward block, each added to what went in and
/// normalised afterwards (arXiv:1706.03762, arXiv:1810.04805).
struct EncoderLayer: Sendable {
    /// Queries, keys and values of all heads in one product.
    let queryKeyValue: PackedPanels
    let attentionOutput: PackedPanels
    let attentionNorm: EncoderNorm
    let inner: PackedPanels
    let output: PackedPanels
    let outputNorm: EncoderNorm

    init(_ tensors: EncoderTensors, index: Int, sizes: EncoderSizes) throws(SentenceEncoderRefusal) {
        let name = "encoder.layer.\(index)."
        let attention = name + "attention.self."
        let hidden = sizes.hidden
        queryKeyValue = try tensors.panels(
            [attention + "query", attention + "key", attention + "value"], rows: hidden, length: hidden)
        attentionOutput = try tensors.panels([name + "attention.output.dense"], rows: hidden, length: hidden)
        attentionNorm = try EncoderNorm(tensors, name + "attention.output.LayerNorm", sizes: sizes)
        inner = try tensors.panels([name + "intermediate.dense"], rows: sizes.inner, length: hidden)
        output = try tensors.panels([name + "output.dense"], rows: hidden, length: sizes.inner)
        outputNorm = try EncoderNorm(tensors, name + "output.LayerNorm", sizes: sizes)
    }
}

/// The numbers with which a token's vector is weighted and shifted once it is normalised.
struct EncoderNorm: Sendable {
    private let weight: [Float]
    private let bias: [Float]
    private let epsilon: Float

    init(_ tensors: EncoderTensors, _ name: String, sizes: EncoderSizes) throws(SentenceEncoderRefusal) {
        weight = try tensors.floats(name + ".weight", [sizes.hidden])
        bias = try tensors.floats(name + ".bias", [sizes.hidden])
        epsilon = sizes.epsilon
    }

    /// Normalises the sum of two vectors in the place of the first.
    func apply(to vector: UnsafeMutablePointer<Float>, adding added: UnsafePointer<Float>) {
        weight.withUnsafeBufferPointer { weight in
            bias.withUnsafeBufferPointer { bias in
                guard let weights = weight.baseAddress, let shifts = bias.baseAddress else { return }
                LayerNormalisation.normalise(
                    vector, adding: added, weight: weights, bias: shifts, into: vector, count: weight.count,
                    epsilon: epsilon)
            }
        }
    }
}
