import Kernels

/// The sizes that every architecture names under the same keys.
struct ModelSizes {
    /// Numbers in a token's row.
    let width: Int
    let layers: Int
    let vocabulary: Int
    let attention: AttentionShape
    /// Numbers of a head that turn with the position.
    let rotated: Int

    init(_ file: WeightFile) throws(ModelRefusal) {
        width = try file.size("embedding_length")
        layers = try file.size("block_count")
        guard layers <= Self.mostLayers else {
            throw .value(key: file.path("block_count"), found: "\(layers)", expected: "at most \(Self.mostLayers)")
        }
        vocabulary = try Self.vocabulary(file, width: width)
        let heads = try file.size("attention.head_count")
        let keyHeads = try file.size("attention.head_count_kv", missing: heads)
        guard heads.isMultiple(of: keyHeads) else {
            throw .value(
                key: file.path("attention.head_count_kv"), found: "\(keyHeads)", expected: "a divisor of \(heads) heads"
            )
        }
        let keySize = try file.size("attention.key_length", missing: max(1, width / heads))
        attention = AttentionShape(
            heads: heads, keyHeads: keyHeads, keySize: keySize,
            valueSize: try file.size("attention.value_length", missing: keySize))
        rotated = try file.size("rope.dimension_count", missing: keySize)
    }

    /// Tells a hostile count from a deep model before anything is read layer by layer.
    private static let mostLayers = 1024

    private static func vocabulary(_ file: WeightFile, width: Int) throws(ModelRefusal) -> Int {
        let tensor = try WeightFile.reading { () throws(GGUFRefusal) in
            try file.parts.place(of: "token_embd.weight").tensor
        }
        guard tensor.shape.count == 2, tensor.rowLength == width else {
            throw .shape(tensor: tensor.name, found: tensor.shape, expected: [width, tensor.rowCount])
        }
        return tensor.rowCount
    }
}

extension WeightFile {
    /// The model made of `blocks`; without a matrix of its own, the output is the embedding's.
    func transformer(_ sizes: ModelSizes, _ blocks: [TransformerBlock]) throws(ModelRefusal) -> Transformer {
        let embedding = try matrix("token_embd", length: sizes.width, rows: sizes.vocabulary)
        return Transformer(
            embedding: embedding, blocks: blocks, finalNorm: try norm("output_norm", width: sizes.width),
            output: hasTensor("output.weight")
                ? try linear("output", from: sizes.width, to: sizes.vocabulary) : Linear(embedding))
    }

    /// The attention of `prefix` with keys of its own; norms of query and key where the file has them.
    func attention(_ prefix: String, _ sizes: ModelSizes, _ rotary: RotaryEmbedding) throws(ModelRefusal) -> Attention {
        let shape = sizes.attention
        guard rotary.frequencies.count * 2 <= shape.keySize else {
            throw .value(
                key: path("rope.dimension_count"), found: "\(rotary.frequencies.count * 2)",
                expected: "at most the \(shape.keySize) numbers of a head")
        }
        let (queries, keys) = (shape.heads * shape.keySize, shape.keyHeads * shape.keySize)
        return Attention(
            shape: shape, query: try linear("\(prefix)attn_q", from: sizes.width, to: queries),
            key: try linear("\(prefix)attn_k", from: sizes.width, to: keys),
            value: try linear("\(prefix)attn_v", from: sizes.width, to: shape.keyHeads * shape.valueSize),
            output: try linear("\(prefix)attn_output", from: shape.heads * shape.valueSize, to: sizes.width),
            rotary: rotary, scale: 1 / Float(shape.keySize).squareRoot())
    }

    /// The weight experts of `prefix`, with their biases where the file has them.
    func experts(
        _ prefix: String, width: Int, inner: Int, count: Int, _ activation: GatedActivation
    ) throws(ModelRefusal) -> ExpertBank {
        ExpertBank(
            stack: ExpertStack(
                shape: ExpertShape(count: count, width: width, inner: inner),
                gate: try stack("\(prefix)ffn_gate_exps", length: width, rows: inner, count: count),
                up: try stack("\(prefix)ffn_up_exps", length: width, rows: inner, count: count),
                down: try stack("\(prefix)ffn_down_exps", length: inner, rows: width, count: count)),
            store: store, activation: activation,
            gateBias: try rows(ifPresent: "\(prefix)ffn_gate_exps.bias", length: inner, rows: count),
            upBias: try rows(ifPresent: "\(prefix)ffn_up_exps.bias", length: inner, rows: count),
            downBias: try rows(ifPresent: "\(prefix)ffn_down_exps.bias", length: width, rows: count))
    }

    /// How many experts a layer has and how many serve a token.
    func expertCounts() throws(ModelRefusal) -> (all: Int, used: Int) {
        let all = try size("expert_count")
        let used = try size("expert_used_count")
        guard used <= all else {
            throw .value(key: path("expert_used_count"), found: "\(used)", expected: "at most the \(all) experts")
        }
        return (all, used)
    }
}
