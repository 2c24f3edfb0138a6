import Foundation

/// A model read from a GGUF file, ready to be run: its transformer over the mapped weights, and what the file says.
///
/// Nothing of the weights is read until a pass needs it. Values are shared freely: a model does not change.
public final class LanguageModel: Sendable {
    /// What the file says of the model.
    public let parts: GGUFParts

    /// Its family, as the file names it.
    public let architecture: String

    /// Most tokens of a sequence that the model was made for.
    public let contextLength: Int

    let transformer: Transformer

    let budgeted: BudgetedExperts?

    /// Reads the model at `path`, its weight experts kept as `experts` says. Throws `ModelRefusal`.
    public convenience init(readingFileAt path: String, experts: ExpertMemory = .mapped) throws(ModelRefusal) {
        try self.init(
            WeightFile.reading { () throws(GGUFRefusal) in try GGUFParts(readingFileAt: path) }, experts: experts)
    }

    /// Reads the model in `parts`, a file that is open already. Throws `ModelRefusal`.
    public init(_ parts: GGUFParts, experts: ExpertMemory = .mapped) throws(ModelRefusal) {
        let file = try WeightFile(parts, store: MappedExperts())
        let mapped = try KnownArchitectures.read(file)
        switch experts {
        case .mapped:
            (transformer, budgeted) = (mapped, nil)
        case .budget(let bytes, let policy, let predictor):
            let store = try BudgetedExperts(
                stacks: mapped.expertStacks, budget: bytes, policy: policy, predictor: predictor)
            // Its layers again, which now ask the store.
            (transformer, budgeted) = (try KnownArchitectures.read(WeightFile(parts, store: store)), store)
        }
        contextLength = try file.size("context_length")
        architecture = file.architecture
        self.parts = parts
        try checkVocabulary()
        try checkCache(file)
    }

    /// Token ids of the file's own vocabulary are rows of the embedding; some models have more rows than tokens.
    private func checkVocabulary() throws(ModelRefusal) {
        let key = "tokenizer.ggml.tokens"
        guard case .array(let tokens) = parts.metadata[key], tokens.count > tokenCount else { return }
        throw .value(
            key: key, found: "\(tokens.count) tokens", expected: "at most \(tokenCount), the rows of token_embd.weight")
    }

    /// Keys and values of a whole context, bytes: twice what the longest in use takes (ten million tokens of 192 KiB),
    /// and little enough that a cache for any part of it can be counted.
    private static let mostCacheBytes = 1 << 42

    private func checkCache(_ file: WeightFile) throws(ModelRefusal) {
        let most = Self.mostCacheBytes / max(1, cacheBytesPerToken)
        guard contextLength <= most else {
            throw .value(
                key: file.path("context_length"), found: "\(contextLength)",
                expected: "at most \(most), as each token takes \(cacheBytesPerToken) bytes")
        }
    }

    /// Tokens in the vocabulary; every id is below.
    public var tokenCount: Int { transformer.tokenCount }

    /// Layers of the model.
    public var layerCount: Int { transformer.blocks.count }

    /// Weight experts of each layer, 0 where it has none.
    public var expertCounts: [Int] {
        transformer.expertStacks.map { $0?.shape.count ?? 0 }
    }

    /// Memory that all weight experts of the model take when they are kept in it, bytes.
    public var expertBytes: Int {
        transformer.expertStacks.reduce(0) { $0 + ($1.map { ExpertCopy.byteCount(of: $0) * $0.shape.count } ?? 0) }
    }

    /// What keeping only some of its weight experts in memory has cost; nil when they are mapped.
    public var expertStatistics: ExpertStoreStatistics? { budgeted?.statistics }

    /// Starts to read `experts` of `layer` on another thread, for a pass that may need them; what does not fit is left
    /// out. Without a budget it does nothing: the system reads ahead as it sees fit.
    public func prefetch(layer: Int, experts: [Int]) { budgeted?.prefetch(layer: layer, experts: experts) }

    /// Keys and values are kept as precisely as the weights: float where all are, half otherwise.
    var cacheElement: CacheElement {
        parts.files.allSatisfy { $0.tensors.tensors.allSatisfy { $0.type == .f32 } } ? .float : .half
    }
}

extension Transformer {
    /// The weight experts of each layer, nil where it has none.
    var expertStacks: [ExpertStack?] { blocks.map { ($0.feedForward as? MixtureLayer)?.experts.stack } }
}
