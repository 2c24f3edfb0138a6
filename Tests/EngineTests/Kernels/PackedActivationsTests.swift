import Kernels
import Support
import Testing

/// Activations rounded for stored blocks of 256: 8-bit integers, a scale for each block, and sums of 16 integers.
struct PackedActivationsTests {
    /// ggml's codes of the types with blocks of 256: Q2_K to Q6_K.
    private static let types: ClosedRange<UInt32> = 10...14

    @Test(arguments: types, CPUPath.allCases)
    func roundsToTheNearestIntegerAndHalvesToEven(type: UInt32, path: CPUPath) {
        // The largest magnitude is 127, so that the factor is -127 / 127 = -1 and the scale 1 / -1 = -1.
        var numbers = [Float](repeating: 0, count: 256)
        numbers.replaceSubrange(0..<8, with: [0.5, 1.5, 2.5, -3.5, 127, 10.25, -10.75, -127])
        numbers[16] = 3
        numbers[255] = -4
        let packed = Packed(numbers, type: type, path: path)
        // times -1: -0.5, -1.5, -2.5, 3.5, -127, -10.25, 10.75, 127
        #expect(packed.codes.prefix(8) == [0, -2, -2, 4, -127, -10, 11, 127])
        #expect(packed.scales == [-1])
        // 0 - 2 - 2 + 4 - 127 - 10 + 11 + 127 = 1, then -3 alone and 4 alone.
        #expect(packed.sums == [1, -3] + [Int16](repeating: 0, count: 13) + [4])
    }

    /// Of two numbers with the same magnitude the first becomes -127.
    @Test(arguments: [Float(4), -4], CPUPath.allCases)
    func theFirstOfTheLargestDecidesTheSign(first: Float, path: CPUPath) {
        var numbers = [Float](repeating: 0, count: 256)
        numbers[100] = first
        numbers[200] = -first
        let packed = Packed(numbers, path: path)
        #expect(packed.codes[100] == -127)
        #expect(packed.codes[200] == 127)
        // factor -127 / first, scale 1 / factor
        #expect(packed.scales == [Float(1) / (-127 / first)])
    }

    /// 1e-40 is so small that 127 / 1e-40 is beyond Float: it counts as zero.
    @Test(arguments: [Float(0), 1e-40], CPUPath.allCases)
    func zerosHaveScaleZero(number: Float, path: CPUPath) {
        let packed = Packed([Float](repeating: number, count: 256), path: path)
        #expect(packed.codes == [Int8](repeating: 0, count: 256))
        #expect(packed.scales == [0])
        #expect(packed.sums == [Int16](repeating: 0, count: 16))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity], CPUPath.allCases)
    func aNumberThatIsNotFiniteShowsInTheScaleOfItsBlockOnly(number: Float, path: CPUPath) {
        var numbers = [Float](repeating: 1, count: 512)
        numbers[300] = number
        let packed = Packed(numbers, path: path)
        #expect(packed.scales[0] == Float(1) / -127)
        #expect(packed.scales[1].isNaN)
    }

    @Test func rowsAreMultiplesOf64BytesAndHoldWhatTheyMust() {
        // 256 codes, 4 bytes of scale, 32 bytes of sums: 292 bytes, rounded up to 320. Twice that is 584, up to 640.
        #expect(StoredRows(type: 12, length: 256, rowBytes: 144).activationBytes == 320)
        #expect(StoredRows(type: 12, length: 512, rowBytes: 288).activationBytes == 640)
    }

    /// Law: the largest becomes -127, nothing moves by more than half a step, sums are sums.
    @Test(arguments: 0..<20, CPUPath.allCases)
    func keepsEveryNumberWithinHalfAStep(seed: UInt64, path: CPUPath) {
        var random = TestRandom(seed: seed)
        let blocks = Int.random(in: 1...9, using: &random)
        let size = Float.random(in: 1e-6...1e6, using: &random)
        let numbers = (0..<256 * blocks).map { _ in Float.random(in: -size...size, using: &random) }
        let packed = Packed(numbers, path: path)
        for block in 0..<blocks {
            let range = block * 256..<block * 256 + 256
            let step = packed.scales[block].magnitude
            let largest = numbers[range].map { $0.magnitude }.max() ?? 0
            // Three roundings of Float on the way: a few parts in ten million.
            #expect((step * 127 - largest).magnitude <= largest * 1e-6)
            #expect(packed.codes[range].contains(-127))
            for index in range {
                let back = packed.scales[block] * Float(packed.codes[index])
                #expect((back - numbers[index]).magnitude <= step * 0.5001)
            }
        }
        for (part, sum) in packed.sums.enumerated() {
            #expect(Int(sum) == packed.codes[part * 16..<part * 16 + 16].reduce(0) { $0 + Int($1) })
        }
    }
}

/// One row of packed activations, read as `CKernelsStored.h` lays it out.
private struct Packed {
    let codes: [Int8]
    let scales: [Float]
    let sums: [Int16]

    /// `type` is Q4_K unless told; no row is stored here, so that the bytes of one do not matter.
    init(_ numbers: [Float], type: UInt32 = 12, path: CPUPath) {
        let rows = StoredRows(type: type, length: numbers.count, rowBytes: 0)
        let row = UnsafeMutableRawBufferPointer.allocate(byteCount: rows.activationBytes, alignment: 64)
        defer { row.deallocate() }
        row.initializeMemory(as: UInt8.self, repeating: 0x55)
        if let start = row.baseAddress {
            rows.pack(numbers, to: start, path: path)
        }
        let blocks = numbers.count / 256
        codes = (0..<numbers.count).map { row.load(fromByteOffset: $0, as: Int8.self) }
        let scaleStart = numbers.count
        scales = (0..<blocks).map { row.load(fromByteOffset: scaleStart + 4 * $0, as: Float.self) }
        let sumStart = scaleStart + 4 * blocks
        sums = (0..<16 * blocks).map { row.load(fromByteOffset: sumStart + 2 * $0, as: Int16.self) }
    }
}
