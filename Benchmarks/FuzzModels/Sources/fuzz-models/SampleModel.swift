import Engine
import Support

/// A model of a few kilobytes that can be read and run: what is damaged. Its weights are chance.
struct SampleModel {
    /// What it is, for people.
    let name: String

    private var file = GGUFBytes()
    private var random: TestRandom
    private let types: [TensorType]

    /// The whole file.
    var bytes: [UInt8] { file.bytes }

    /// Numbers in a token's row: one block of the largest type stored.
    let width: Int

    /// The sample of `family`; its matrices are stored as `types` in turn, wherever their rows are whole blocks.
    init(_ family: SampleFamily, types: [TensorType], pieces: Bool = false, seed: UInt64 = 1) {
        name = "\(family) \(types.map(\.name).joined(separator: " "))"
        random = TestRandom(seed: seed)
        self.types = types
        width = max(32, types.map(\.blockElements).max() ?? 32)
        file.add("general.architecture", type: 8, GGUFBytes.text(family.architecture))
        for (key, value) in family.sizes(width: width) {
            file.add("\(family.architecture).\(key)", type: 4, GGUFBytes.number(UInt32(value)))
        }
        for (key, value) in family.numbers {
            file.add("\(family.architecture).\(key)", type: 6, GGUFBytes.number(value.bitPattern))
        }
        if family.isStretched {
            file.add("\(family.architecture).rope.scaling.type", type: 8, GGUFBytes.text("yarn"))
        }
        SampleVocabulary(pieces: pieces).add(to: &file)
        for (name, shape) in family.tensors(width: width, tokens: SampleVocabulary.tokenCount(pieces: pieces)) {
            add(name, shape)
        }
    }

    private mutating func add(_ name: String, _ shape: [Int]) {
        var type = shape.count == 1 ? TensorType.f32 : types[file.tensors.count % types.count]
        if !shape[0].isMultiple(of: type.blockElements) { type = .f32 }
        while !file.numbers.count.isMultiple(of: 32) { file.numbers.append(0) }
        file.add(
            tensor: name, shape: shape.map { UInt64($0) }, type: type.rawValue, start: UInt64(file.numbers.count))
        for _ in 0..<shape.reduce(1, *) / type.blockElements { file.numbers += block(type, isNorm: shape.count == 1) }
    }

    /// A block of chance with scales that are small numbers.
    private mutating func block(_ type: TensorType, isNorm: Bool) -> [UInt8] {
        if type == .f32 {
            let number = Float.random(in: -0.3...0.3, using: &random) + (isNorm ? 1 : 0)
            return GGUFBytes.number(number.bitPattern)
        }
        var block = (0..<type.blockBytes).map { _ in UInt8.random(in: 0...255, using: &random) }
        for place in Self.scales(of: type) {
            // The half 2⁻⁷ and its neighbours; of a BFloat16 it is the upper byte of a number of about 0.01.
            block[place] = type == .mxfp4 ? 120 : block[place]
            if type != .mxfp4 { block[place + 1] = type == .bf16 ? 0x3C : 0x20 }
        }
        return block
    }

    /// Where a block has its scales.
    private static func scales(of type: TensorType) -> [Int] {
        switch type {
        case .f32: []
        case .f16, .bf16, .q4_0, .q5_0, .q8_0, .mxfp4: [0]
        case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
        case .q2_K: [80, 82]
        case .q3_K: [108]
        case .q6_K: [208]
        }
    }

    /// The models whose files are damaged: every family, and every type of numbers.
    static var all: [SampleModel] {
        [
            SampleModel(.llama, types: [.f32]),
            SampleModel(.latent(.sigmoid), types: [.f32, .q8_0]),
            SampleModel(.sinks, types: [.mxfp4, .f16]),
            SampleModel(.llama, types: [.q2_K, .q3_K, .q4_K, .q5_K, .q6_K], pieces: true),
            SampleModel(.mixtral, types: [.q4_0, .q4_1], pieces: true),
            SampleModel(.olmoe, types: [.f32]),
            SampleModel(.qwen2, types: [.q5_0, .q5_1]),
            SampleModel(.qwen2moe, types: [.q8_0]),
            SampleModel(.qwen3, types: [.f16, .bf16]),
            SampleModel(.qwen3moe, types: [.q4_K, .q6_K]),
            SampleModel(.granite, types: [.bf16]),
            SampleModel(.granitemoe, types: [.q4_0, .q8_0]),
            SampleModel(.latent(.softmax), types: [.q4_1, .f32]),
            SampleModel(.gemma3, types: [.q4_0, .f32], pieces: true),
        ]
    }
}
