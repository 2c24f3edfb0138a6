import Support

/// Writes a model small enough to run in a test: seeded random weights, stored as floats, of a real architecture.
///
/// A test may change what is written, right or wrong: keys, shapes, single tensors.
struct TinyModel {
    let architecture: Architecture

    /// What the file calls its architecture.
    var name: String
    var layers = 2
    var width = 32
    var heads = 4
    /// Heads of keys and values.
    var keyHeads = 2
    /// Numbers of a query or key head, and of a value head.
    var keySize = 16
    var valueSize = 16
    /// Between the two halves of a feed-forward block, or of one weight expert.
    var inner = 32
    /// The same for shared experts, all together.
    var sharedInner = 24
    var experts = 8
    var expertsUsed = 2
    var tokens = 48
    var context = 64
    /// Tokens seen by layers that do not see all.
    var window = 4
    /// The sizes of latent attention.
    var latent = LatentSizes()
    var seed: UInt64 = 1

    /// Values of keys of the architecture's own, beside or instead of the usual ones.
    var keys: [String: TinyValue] = [:]
    /// Tensors that the file lacks.
    var leftOut: Set<String> = []
    /// Tensors of another shape.
    var shapes: [String: [Int]] = [:]
    /// Vectors that are not drawn, beside or instead of the usual ones.
    var vectors: [String: [Float]] = [:]
    /// Tensors stored as the upper halves of floats (bf16).
    var halved: Set<String> = []

    init(_ architecture: Architecture) {
        self.architecture = architecture
        name = architecture.fileName
        switch architecture {
        case .gemma3: layers = 7
        case .deepseekV2: layers = 3
        case .deepseekV3: (layers, experts, expertsUsed) = (3, 16, 4)
        default: break
        }
    }

    struct LatentSizes {
        var queryRank = 24
        var rank = 16
        var rotated = 8
        var plain = 16
        var valueSize = 12
        var denseLayers = 1
    }

    /// Size of one weight expert, bytes: three matrices of floats.
    var expertBytes: Int { 3 * width * inner * 4 }

    /// The file, to which a test may add metadata such as a vocabulary.
    var file: GGUFBytes {
        var file = GGUFBytes()
        file.add("general.architecture", type: 8, GGUFBytes.text(name))
        for (key, value) in usualKeys.merging(keys, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            guard let bytes = value.bytes else { continue }
            file.add("\(name).\(key)", type: value.type, bytes)
        }
        var random = TestRandom(seed: seed)
        for tensor in tensors where !leftOut.contains(tensor.name) { write(tensor, to: &file, using: &random) }
        return file
    }

    /// Lends the path of the file to `body` and takes the file away afterwards.
    func written<Result>(_ body: (String) throws -> Result) throws -> Result {
        try TemporaryFile.with(file.bytes, body)
    }

    private func write(_ tensor: TinyTensor, to file: inout GGUFBytes, using random: inout TestRandom) {
        let shape = shapes[tensor.name] ?? tensor.shape
        let isHalved = halved.contains(tensor.name)
        file.add(
            tensor: tensor.name, shape: shape.map { UInt64($0) }, type: isHalved ? 30 : 0,
            start: UInt64(file.numbers.count))
        for number in vectors[tensor.name] ?? tensor.numbers(shape: shape, using: &random) {
            file.numbers += GGUFBytes.number(number.bitPattern).dropFirst(isHalved ? 2 : 0)
        }
        while !file.numbers.count.isMultiple(of: file.alignment) { file.numbers.append(0) }
    }
}
