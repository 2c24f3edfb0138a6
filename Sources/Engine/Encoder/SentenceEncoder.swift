internal import Kernels

/// Turns texts into vectors whose cosine says how close their meanings are: an encoder of the BERT family
/// (arXiv:1810.04805) whose tokens' last vectors are averaged (arXiv:1908.10084).
///
/// Any number of threads may ask at the same time. A text's vector is the same, bit for bit, whatever texts it is asked
/// with and however many threads compute.
public final class SentenceEncoder: Sendable {
    /// Numbers of a vector.
    public var dimension: Int { sizes.hidden }

    /// Tokens of a text that are read, the first and the last special one among them; what is behind is left out.
    public let mostTokens: Int

    /// How texts become tokens.
    public let tokenizer: WordPieceTokenizer

    /// Tokens that go through the layers together, where texts are short enough.
    private static let tokensOfPass = 256

    private let sizes: EncoderSizes
    private let words: EncoderTable
    /// [positions][hidden]: what the place of a token adds to it, and what every token of a single text adds.
    private let places: [Float]
    private let norm: EncoderNorm
    private let layers: [EncoderLayer]
    private let team: ThreadTeam

    /// Reads `model.safetensors`, `config.json` and the tokenizer of a folder.
    ///
    /// - Parameters:
    ///   - threads: Threads that compute, shared by all who ask.
    ///   - mostTokens: Tokens of a text that are read; a model made for fewer reads fewer.
    public init(
        readingFolder path: String, threads: Int, mostTokens: Int = 256
    ) throws(SentenceEncoderRefusal) {
        precondition(threads >= 1 && mostTokens >= 2, "somebody computes, and the special tokens have room")
        let folder = EncoderFolder(path: path)
        guard let config = try folder.json(of: "config.json") else {
            throw .unreadable(file: "config.json", cause: "it is not there")
        }
        try folder.checkPooling()
        sizes = try EncoderSizes(config)
        tokenizer = try folder.tokenizer()
        guard tokenizer.tokenCount <= sizes.tokens else {
            throw .setting(
                "vocab_size in config.json", found: "\(sizes.tokens)",
                expected: "at least the \(tokenizer.tokenCount) tokens of the tokenizer")
        }
        self.mostTokens = min(mostTokens, sizes.positions)
        let file: SafetensorsFile
        do {
            file = try SafetensorsFile(readingFileAt: folder.path(of: "model.safetensors"))
        } catch {
            throw .weights(error)
        }
        let tensors = EncoderTensors(file)
        words = try tensors.table("embeddings.word_embeddings.weight", [sizes.tokens, sizes.hidden])
        places = try Self.places(tensors, sizes)
        norm = try EncoderNorm(tensors, "embeddings.LayerNorm", sizes: sizes)
        var layers: [EncoderLayer] = []
        for index in 0..<sizes.layers { layers.append(try EncoderLayer(tensors, index: index, sizes: sizes)) }
        self.layers = layers
        guard let team = ThreadTeam(threads: threads) else { throw .threads(threads) }
        self.team = team
    }

    /// One vector of unit length for each text.
    public func encode(_ texts: [String]) -> [[Float]] {
        vectors(of: texts.map { tokenizer.encode($0, limit: mostTokens) })
    }

    /// One vector of unit length for each row of tokens of the vocabulary, 1 to `mostTokens` of them.
    public func vectors(of rows: [[Int32]]) -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(rows.count)
        var first = 0
        while first < rows.count {
            var end = first + 1
            var tokens = rows[first].count
            while end < rows.count, tokens + rows[end].count <= Self.tokensOfPass {
                tokens += rows[end].count
                end += 1
            }
            vectors += pass(rows[first..<end])
            first = end
        }
        return vectors
    }

    /// The vectors of some texts that go through the layers together.
    private func pass(_ rows: ArraySlice<[Int32]>) -> [[Float]] {
        var texts: [Range<Int>] = []
        for row in rows {
            precondition((1...mostTokens).contains(row.count), "a text has tokens, and no more than the model reads")
            let start = texts.last?.upperBound ?? 0
            texts.append(start..<start + row.count)
        }
        let memory = EncoderMemory(
            sizes: sizes, tokens: texts.last?.upperBound ?? 0, longest: rows.map(\.count).max() ?? 0,
            threads: team.threadCount)
        return withExtendedLifetime(memory) {
            for (row, text) in zip(rows, texts) { begin(row, memory.hidden + text.lowerBound * sizes.hidden) }
            EncoderPass(sizes: sizes, layers: layers, team: team, texts: texts, memory: memory).run()
            return texts.map {
                MeanPooling.vector(memory.hidden + $0.lowerBound * dimension, count: $0.count, dimension)
            }
        }
    }

    /// What goes into the first layer: the sum of a token's vector and its place's, normalised.
    private func begin(_ row: [Int32], _ hidden: UnsafeMutablePointer<Float>) {
        places.withUnsafeBufferPointer { places in
            guard let places = places.baseAddress else { return }
            for (position, token) in row.enumerated() {
                precondition((0..<sizes.tokens).contains(Int(token)), "a token is one of the vocabulary")
                let place = hidden + position * sizes.hidden
                words.read(Int(token), to: place)
                norm.apply(to: place, adding: places + position * sizes.hidden)
            }
        }
    }

    /// The vectors of the positions, each with that of the first token type added: a single text has no other.
    private static func places(
        _ tensors: EncoderTensors, _ sizes: EncoderSizes
    ) throws(SentenceEncoderRefusal) -> [Float] {
        var places = try tensors.floats(
            "embeddings.position_embeddings.weight", [sizes.positions, sizes.hidden])
        let type = try tensors.floats(
            "embeddings.token_type_embeddings.weight", [sizes.tokenTypes, sizes.hidden])
        for index in places.indices { places[index] += type[index % sizes.hidden] }
        return places
    }
}
