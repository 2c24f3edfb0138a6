import Engine
import Support

/// A block made for a test by packing chosen codes bit by bit, with the numbers it must give.
///
/// The slow twin of dequantisation: the numbers come from the codes by the definition, in `Double`, and never from the
/// bytes; the bytes come from the codes by the layout. Source of the layouts: `block_…` of the ggml project.
struct PackedBlock {
    private(set) var bytes: [UInt8]
    let numbers: [Float]

    /// Sets `count` bits of byte `byte`, from bit `bit` up, to those of `code`.
    private mutating func put(_ code: Int, byte: Int, bit: Int, count: Int) {
        precondition(code >= 0 && code < 1 << count && bit + count <= 8)
        bytes[byte] |= UInt8(code) << UInt8(bit)
    }

    private mutating func put(_ number: Float16, byte: Int) {
        bytes[byte] = UInt8(number.bitPattern & 0xFF)
        bytes[byte + 1] = UInt8(number.bitPattern >> 8)
    }

    private init(_ type: TensorType, numbers: [Double]) {
        bytes = [UInt8](repeating: 0, count: type.blockBytes)
        self.numbers = numbers.map { Float($0) }
    }

    /// A block of `type` with codes and scales drawn from `random`. Not for types stored singly.
    init(_ type: TensorType, using random: inout TestRandom) {
        switch type {
        case .q4_0, .q4_1, .q5_0, .q5_1: self.init(simple: type, using: &random)
        case .q8_0: self.init(eightBitsUsing: &random)
        case .q2_K: self.init(twoBitsUsing: &random)
        case .q3_K: self.init(threeBitsUsing: &random)
        case .q4_K, .q5_K: self.init(packedScales: type, using: &random)
        case .q6_K: self.init(sixBitsUsing: &random)
        case .mxfp4: self.init(microscaledUsing: &random)
        case .f32, .f16, .bf16: preconditionFailure("stored singly")
        }
    }

    private static func codes(_ count: Int, below bound: Int, using random: inout TestRandom) -> [Int] {
        (0..<count).map { _ in Int.random(in: 0..<bound, using: &random) }
    }

    private static func scale(using random: inout TestRandom) -> Float16 {
        Float16(Float.random(in: -2...2, using: &random))
    }

    private init(simple type: TensorType, using random: inout TestRandom) {
        let hasFifth = type == .q5_0 || type == .q5_1
        let hasLeast = type == .q4_1 || type == .q5_1
        let bound = hasFifth ? 32 : 16
        let codes = Self.codes(32, below: bound, using: &random)
        let (scale, least) = (Self.scale(using: &random), Self.scale(using: &random))
        self.init(
            type,
            numbers: codes.map {
                hasLeast ? Double(scale) * Double($0) + Double(least) : Double(scale) * Double($0 - bound / 2)
            })
        put(scale, byte: 0)
        if hasLeast { put(least, byte: 2) }
        let fifths = hasLeast ? 4 : 2
        let fours = hasFifth ? fifths + 4 : fifths
        for (index, code) in codes.enumerated() {
            put(code % 16, byte: fours + index % 16, bit: index < 16 ? 0 : 4, count: 4)
            if hasFifth { put(code / 16, byte: fifths + index / 8, bit: index % 8, count: 1) }
        }
    }

    private init(eightBitsUsing random: inout TestRandom) {
        let codes = (0..<32).map { _ in Int.random(in: -128...127, using: &random) }
        let scale = Self.scale(using: &random)
        self.init(.q8_0, numbers: codes.map { Double(scale) * Double($0) })
        put(scale, byte: 0)
        for (index, code) in codes.enumerated() {
            put(code & 0xFF, byte: 2 + index, bit: 0, count: 8)
        }
    }

    private init(twoBitsUsing random: inout TestRandom) {
        let codes = Self.codes(256, below: 4, using: &random)
        let scales = Self.codes(16, below: 16, using: &random)
        let offsets = Self.codes(16, below: 16, using: &random)
        let (scale, offsetScale) = (Self.scale(using: &random), Self.scale(using: &random))
        self.init(
            .q2_K,
            numbers: codes.indices.map {
                Double(scale) * Double(scales[$0 / 16] * codes[$0]) - Double(offsetScale) * Double(offsets[$0 / 16])
            })
        for part in 0..<16 {
            put(scales[part], byte: part, bit: 0, count: 4)
            put(offsets[part], byte: part, bit: 4, count: 4)
        }
        putQuarters(codes, at: 16)
        put(scale, byte: 80)
        put(offsetScale, byte: 82)
    }

    private init(threeBitsUsing random: inout TestRandom) {
        let codes = Self.codes(256, below: 8, using: &random)
        let scales = Self.codes(16, below: 64, using: &random)
        let scale = Self.scale(using: &random)
        self.init(
            .q3_K, numbers: codes.indices.map { Double(scale) * Double((scales[$0 / 16] - 32) * (codes[$0] - 4)) })
        for (index, code) in codes.enumerated() {
            put(code / 4, byte: index % 32, bit: index / 32, count: 1)
        }
        putQuarters(codes.map { $0 % 4 }, at: 32)
        for (part, code) in scales.enumerated() {
            put(code % 16, byte: 96 + part % 8, bit: part < 8 ? 0 : 4, count: 4)
            put(code / 16, byte: 104 + part % 4, bit: part / 4 * 2, count: 2)
        }
        put(scale, byte: 108)
    }

    private init(packedScales type: TensorType, using random: inout TestRandom) {
        let codes = Self.codes(256, below: type == .q5_K ? 32 : 16, using: &random)
        let scales = Self.codes(8, below: 64, using: &random)
        let offsets = Self.codes(8, below: 64, using: &random)
        let (scale, offsetScale) = (Self.scale(using: &random), Self.scale(using: &random))
        self.init(
            type,
            numbers: codes.indices.map {
                Double(scale) * Double(scales[$0 / 32] * codes[$0]) - Double(offsetScale) * Double(offsets[$0 / 32])
            })
        put(scale, byte: 0)
        put(offsetScale, byte: 2)
        for part in 0..<4 {
            put(scales[part], byte: 4 + part, bit: 0, count: 6)
            put(offsets[part], byte: 8 + part, bit: 0, count: 6)
            put(scales[part + 4] / 16, byte: 4 + part, bit: 6, count: 2)
            put(offsets[part + 4] / 16, byte: 8 + part, bit: 6, count: 2)
            put(scales[part + 4] % 16, byte: 12 + part, bit: 0, count: 4)
            put(offsets[part + 4] % 16, byte: 12 + part, bit: 4, count: 4)
        }
        let fours = type == .q5_K ? 48 : 16
        for (index, code) in codes.enumerated() {
            put(code % 16, byte: fours + index / 64 * 32 + index % 32, bit: index % 64 < 32 ? 0 : 4, count: 4)
            if type == .q5_K { put(code / 16, byte: 16 + index % 32, bit: index / 32, count: 1) }
        }
    }

    private init(sixBitsUsing random: inout TestRandom) {
        let codes = Self.codes(256, below: 64, using: &random)
        let scales = (0..<16).map { _ in Int.random(in: -128...127, using: &random) }
        let scale = Self.scale(using: &random)
        self.init(.q6_K, numbers: codes.indices.map { Double(scale) * Double(scales[$0 / 16] * (codes[$0] - 32)) })
        for (index, code) in codes.enumerated() {
            put(code % 16, byte: index / 128 * 64 + index % 64, bit: index % 128 < 64 ? 0 : 4, count: 4)
        }
        putQuarters(codes.map { $0 / 16 }, at: 128)
        for (part, code) in scales.enumerated() {
            put(code & 0xFF, byte: 192 + part, bit: 0, count: 8)
        }
        put(scale, byte: 208)
    }

    private init(microscaledUsing random: inout TestRandom) {
        let worth = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 0, -0.5, -1, -1.5, -2, -3, -4, -6]
        let codes = Self.codes(32, below: 16, using: &random)
        let exponent = Int.random(in: 0...255, using: &random)
        let power = Double(sign: .plus, exponent: exponent - 127, significand: 1)
        self.init(.mxfp4, numbers: codes.map { worth[$0] * power })
        put(exponent, byte: 0, bit: 0, count: 8)
        for (index, code) in codes.enumerated() {
            put(code, byte: 1 + index % 16, bit: index < 16 ? 0 : 4, count: 4)
        }
    }

    /// Two-bit codes: each 128 of them in 32 bytes, one quarter of every byte after the other.
    private mutating func putQuarters(_ codes: [Int], at start: Int) {
        for (index, code) in codes.enumerated() {
            put(code, byte: start + index / 128 * 32 + index % 32, bit: index % 128 / 32 * 2, count: 2)
        }
    }
}
