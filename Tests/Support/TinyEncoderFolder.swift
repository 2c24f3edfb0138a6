import Foundation

/// Writes a sentence encoder small enough to run in a test: a BERT of two layers with seeded random weights and a
/// vocabulary of letters and a few words.
///
/// No size is a multiple of what the kernels take at once, so every edge of theirs is met.
public struct TinyEncoderFolder: Sendable {
    public static let hidden = 24
    public static let heads = 3
    public static let layers = 2
    public static let inner = 41
    public static let positions = 40
    public static let epsilon = 1e-12

    /// Token i is piece i.
    public static let pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "##s", "##ly", "."]
        + "abcdefghijklmnopqrstuvwxyz".map { "\($0)" } + "abcdefghijklmnopqrstuvwxyz".map { "##\($0)" }

    /// A tensor's rows; a vector has one.
    public struct Tensor: Sendable {
        public var shape: [Int]
        public var numbers: [Float]
    }

    /// By name, in the order in which they are written.
    public var tensors: [(name: String, tensor: Tensor)]
    /// `config.json`, of which a test may change a piece.
    public var config: String

    public init(seed: UInt64 = 1) {
        var random = TestRandom(seed: seed)
        tensors = Self.shapes.map { name, shape in
            let isWeight = name.contains("LayerNorm.weight")
            let spread = shape.count == 2 ? (3 / Float(shape[1])).squareRoot() : 0.3
            let numbers = (0..<shape.reduce(1, *)).map { _ in
                (isWeight ? 1 : 0) + Float.random(in: -spread...spread, using: &random)
            }
            return (name, Tensor(shape: shape, numbers: numbers))
        }
        config = """
            {"model_type": "bert", "hidden_act": "gelu", "hidden_size": \(Self.hidden),
             "num_attention_heads": \(Self.heads), "num_hidden_layers": \(Self.layers),
             "intermediate_size": \(Self.inner), "vocab_size": \(Self.pieces.count),
             "max_position_embeddings": \(Self.positions), "type_vocab_size": 2, "layer_norm_eps": 1e-12,
             "position_embedding_type": "absolute"}
            """
    }

    /// The numbers of a tensor of this model.
    public subscript(name: String) -> [Float] { tensors.first { $0.name == name }?.tensor.numbers ?? [] }

    /// Writes the three files into `folder`.
    public func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let vocabulary = Self.pieces.joined(separator: "\n") + "\n"
        try Data(weights).write(to: URL(fileURLWithPath: folder + "/model.safetensors"))
        try Data(config.utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
        try Data(vocabulary.utf8).write(to: URL(fileURLWithPath: folder + "/vocab.txt"))
    }

    private var weights: [UInt8] {
        var entries: [String] = []
        var numbers: [UInt8] = []
        for (name, tensor) in tensors {
            let begin = numbers.count
            for number in tensor.numbers { numbers += Self.bytes(number.bitPattern) }
            entries.append(
                "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(begin),\(numbers.count)]}"
            )
        }
        let header = "{" + entries.joined(separator: ",") + "}"
        return Self.bytes(UInt64(header.utf8.count)) + Array(header.utf8) + numbers
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static var shapes: [(String, [Int])] {
        var shapes: [(String, [Int])] = [
            ("embeddings.word_embeddings.weight", [pieces.count, hidden]),
            ("embeddings.position_embeddings.weight", [positions, hidden]),
            ("embeddings.token_type_embeddings.weight", [2, hidden]),
        ]
        func norm(_ name: String) { shapes += [(name + ".weight", [hidden]), (name + ".bias", [hidden])] }
        func dense(_ name: String, _ rows: Int, _ length: Int) {
            shapes += [(name + ".weight", [rows, length]), (name + ".bias", [rows])]
        }
        norm("embeddings.LayerNorm")
        for layer in 0..<layers {
            let name = "encoder.layer.\(layer)."
            for part in ["query", "key", "value"] { dense(name + "attention.self.\(part)", hidden, hidden) }
            dense(name + "attention.output.dense", hidden, hidden)
            norm(name + "attention.output.LayerNorm")
            dense(name + "intermediate.dense", inner, hidden)
            dense(name + "output.dense", hidden, inner)
            norm(name + "output.LayerNorm")
        }
        return shapes
    }
}
