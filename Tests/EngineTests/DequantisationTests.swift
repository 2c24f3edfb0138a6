import Engine
import Support
import Testing

struct DequantisationTests {
    private static let blockTypes = TensorType.allCases.filter { $0.blockElements > 1 }

    @Test(arguments: blockTypes)
    func givesTheNumbersThatWerePacked(type: TensorType) {
        var random = TestRandom(seed: UInt64(type.rawValue))
        let blocks = (0..<60).map { _ in PackedBlock(type, using: &random) }
        let numbers = decode(type, Array(blocks.map(\.bytes).joined()))
        let expected = Array(blocks.map(\.numbers).joined())
        #expect(numbers == expected)
        #expect(Set(expected).count > 30)
    }

    /// 0x4000 is 2 and 0xC400 is −4 in Float16.
    @Test func readsBlocksMadeByHand() {
        // Codes 9 and 3 around the middle 8, times 2.
        #expect(ends(.q4_0, [0x00, 0x40, 0x39] + zeros(15)) == [2, -16, -10, -16])
        // 2 · 9 − 4 and 2 · 3 − 4.
        #expect(ends(.q4_1, [0x00, 0x40, 0x00, 0xC4, 0x39] + zeros(15)) == [14, -4, 2, -4])
        // Fifth bits of numbers 0 and 16: 25 and 19 around 16, times 2.
        #expect(ends(.q5_0, [0x00, 0x40, 1, 0, 1, 0, 0x39] + zeros(15)) == [18, -32, 6, -32])
        #expect(ends(.q5_1, [0x00, 0x40, 0x00, 0xC4, 1, 0, 1, 0, 0x39] + zeros(15)) == [46, -4, 34, -4])
        #expect(ends(.q8_0, [0x00, 0x40, 127, 0x80] + zeros(14) + [0xFF, 5] + zeros(14)) == [254, -256, -2, 10])
        // Exponent 128 is a factor of 2; code 7 is 6, code 9 is −0.5.
        #expect(ends(.mxfp4, [128, 0x97] + zeros(15)) == [12, 0, -1, 0])
    }

    /// Code 2 is 1, so the number is the power itself; the two least powers halved are subnormal.
    @Test(arguments: [0, 1, 2, 127, 254] as [UInt8])
    func aMicroscaledBlockNamesItsPowerOfTwo(exponent: UInt8) {
        let power = Float(sign: .plus, exponent: Int(exponent) - 127, significand: 1)
        #expect(ends(.mxfp4, [exponent, 0x12] + zeros(15)) == [power, 0, power / 2, 0])
    }

    /// As ggml reads it: 2^128, of which `Float` holds the half.
    @Test func theGreatestExponentOfAMicroscaledBlockIsAPowerToo() {
        #expect(ends(.mxfp4, [255, 0x12] + zeros(15)) == [.infinity, 0, 0x1p127, 0])
    }

    @Test func readsNumbersStoredSingly() {
        #expect(decode(.f32, [0, 0, 0xC0, 0x3F, 0, 0, 0, 0x80]) == [1.5, -0.0])
        #expect(decode(.f16, [0x00, 0x3E, 0x01, 0x00, 0xFF, 0xFB]) == [1.5, 0x1p-24, -65504])
        #expect(decode(.bf16, [0xC0, 0x3F, 0x80, 0xFF, 0x01, 0x00]) == [1.5, -.infinity, 0x1p-133])
        #expect(decode(.bf16, [0xC0, 0x7F]).allSatisfy { $0.isNaN })
        #expect(decode(.f16, [0x00, 0x7E]).allSatisfy { $0.isNaN })
    }

    /// Position of a Float16 scale that every number is multiplied by.
    @Test(arguments: [
        (TensorType.q4_0, 0), (.q4_1, 0), (.q5_0, 0), (.q5_1, 0), (.q8_0, 0), (.q2_K, 80), (.q3_K, 108), (.q4_K, 0),
        (.q5_K, 0), (.q6_K, 208),
    ])
    func aScaleThatIsNoNumberGivesNumbersThatAreNone(type: TensorType, place: Int) {
        var bytes = [UInt8](repeating: 0, count: type.blockBytes)
        bytes[place + 1] = 0x7E
        let numbers = decode(type, bytes)
        #expect(numbers.count == type.blockElements)
        #expect(numbers.allSatisfy { $0.isNaN })
    }

    @Test(arguments: TensorType.allCases)
    func bytesAtRandomNeverStopIt(type: TensorType) {
        var random = TestRandom(seed: 5)
        let bytes = (0..<type.blockBytes * 200).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(decode(type, bytes).count == type.blockElements * 200)
        #expect(decode(type, [UInt8](repeating: 0xFF, count: type.blockBytes)).count == type.blockElements)
        #expect(decode(type, []).isEmpty)
    }

    private func decode(_ type: TensorType, _ bytes: [UInt8]) -> [Float] {
        Dequantisation.numbers(of: type, in: bytes.span)
    }

    /// Numbers 0, 1, 16 and 17 of a block of 32.
    private func ends(_ type: TensorType, _ bytes: [UInt8]) -> [Float] {
        let numbers = decode(type, bytes)
        return [0, 1, 16, 17].map { numbers[$0] }
    }

    private func zeros(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: count)
    }
}
