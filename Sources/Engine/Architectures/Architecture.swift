/// A family of models: how the tensors of its files become a transformer.
protocol Architecture {
    /// The names under `general.architecture`.
    static var names: [String] { get }

    /// Reads a model of this family. Throws `ModelRefusal` for a file that is not one.
    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer
}

/// The families that can be run.
enum KnownArchitectures {
    private static var all: [any Architecture.Type] {
        [
            Llama.self, OLMoE.self, Qwen2.self, Qwen2MoE.self, Qwen3.self, Qwen3MoE.self, Granite.self,
            DeepSeek2.self, GPTOSS.self, Gemma3.self,
        ]
    }

    /// Their names in files.
    static var names: [String] { all.flatMap { $0.names }.sorted() }

    /// The model in `file`.
    static func read(_ file: WeightFile) throws(ModelRefusal) -> Transformer {
        guard let family = all.first(where: { $0.names.contains(file.architecture) }) else {
            throw .architecture(found: file.architecture, known: names)
        }
        return try family.read(file)
    }
}

extension Architecture {
    /// One block after another, from the first.
    static func blocks(
        _ sizes: ModelSizes, _ make: (_ layer: Int, _ prefix: String) throws(ModelRefusal) -> TransformerBlock
    ) throws(ModelRefusal) -> [TransformerBlock] {
        var blocks: [TransformerBlock] = []
        for layer in 0..<sizes.layers { blocks.append(try make(layer, "blk.\(layer).")) }
        return blocks
    }
}
