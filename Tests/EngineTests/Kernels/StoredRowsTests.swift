import Engine
import Kernels
import Support
import Testing

struct StoredRowsTests {
    private static let paths = Set([CPUPath.portable, .current]).sorted { $0.rawValue < $1.rawValue }

    @Test(arguments: TensorType.allCases, paths)
    func unpacksExactlyWhatThePlainReadingGives(type: TensorType, path: CPUPath) throws {
        var random = TestRandom(seed: UInt64(type.rawValue))
        for blocks in 1...9 {
            let sample = StoredSample(type, blocks: blocks, rowCount: 1, gap: 0, using: &random)
            try expectPlainReading(sample.bytes, type, path)
        }
    }

    /// Every Float16 and BFloat16 but those that are no number, whose bits a processor may change.
    @Test(arguments: [TensorType.f16, .bf16], paths)
    func unpacksEverySingleNumber(type: TensorType, path: CPUPath) throws {
        let (infinity, sign): (UInt16, UInt16) = (type == .f16 ? 0x7C00 : 0x7F80, 0x8000)
        let patterns = (0...UInt16.max).filter { $0 & ~sign <= infinity }
        try expectPlainReading(patterns.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, type, path)
    }

    /// Byte j holds codes j and 15 − j, so that every power meets every code, and −0 is seen.
    @Test(arguments: paths)
    func unpacksEveryPowerOfMicroscaledBlocks(path: CPUPath) throws {
        let codes = (0..<16 as Range<UInt8>).map { $0 | (15 - $0) << 4 }
        try expectPlainReading((0...UInt8.max).flatMap { [$0] + codes }, .mxfp4, path)
    }

    /// Every number of rows and of activation rows from 1 to 9, and more than go together of both.
    @Test(arguments: TensorType.allCases, paths)
    func multipliesAsPlainArithmeticDoes(type: TensorType, path: CPUPath) throws {
        var random = TestRandom(seed: UInt64(type.rawValue) + 100)
        let few = (1...9).flatMap { count in (1...9).map { (count, $0) } }
        for (count, rowCount) in few + [(17, 16), (19, 21), (33, 18)] {
            let blocks = (type.blockElements == 1 ? 40 : 1) + (count + rowCount) % 4
            let sample = StoredSample(type, blocks: blocks, rowCount: rowCount, gap: rowCount % 3, using: &random)
            let packed = (0..<count).map { _ in activations(sample, path, using: &random) }
            let stride = rowCount + 2
            let products = try products(sample, packed, stride: stride, path)
            let worst =
                (0..<count).flatMap { c in
                    (0..<rowCount).map { row in
                        let exact = sample.product(ofRow: row, packed[c])
                        return abs(Double(products[c * stride + row]) - exact.sum) / exact.size
                    }
                }.max() ?? .infinity
            #expect(worst <= 1e-5, "\(rowCount) rows times \(count)")
            #expect((0..<count).allSatisfy { products[($0 * stride + rowCount)...].prefix(2) == [-7, -7] })
        }
    }

    /// A token gets the same answer whether it comes alone or among others.
    @Test(arguments: TensorType.allCases, paths)
    func aProductDoesNotDependOnItsCompany(type: TensorType, path: CPUPath) throws {
        var random = TestRandom(seed: UInt64(type.rawValue) + 200)
        let sample = StoredSample(type, blocks: 7, rowCount: 23, gap: 1, using: &random)
        let packed = (0..<19).map { _ in activations(sample, path, using: &random) }
        let together = try products(sample, packed, stride: 23, path)
        for company in [1, 2, 3, 7] {
            let apart = try stride(from: 0, to: 19, by: company).flatMap {
                try products(sample, Array(packed[$0..<min($0 + company, 19)]), stride: 23, path)
            }
            #expect(together == apart, "\(company) at a time")
        }
        #expect(Set(together).count > 400)
    }

    /// Nor does a row's product depend on how many rows are taken with it.
    @Test(arguments: TensorType.allCases, paths)
    func aRowsProductDoesNotDependOnTheOthers(type: TensorType, path: CPUPath) throws {
        var random = TestRandom(seed: UInt64(type.rawValue) + 250)
        let sample = StoredSample(type, blocks: 3, rowCount: 21, gap: 0, using: &random)
        let packed = (0..<3).map { _ in activations(sample, path, using: &random) }
        for count in 1...3 {
            let whole = try products(sample, Array(packed.prefix(count)), stride: 21, path)
            for rowCount in [1, 3, 4, 7, 8, 13, 16] {
                let first = try products(sample.first(rowCount), Array(packed.prefix(count)), stride: rowCount, path)
                let expected = (0..<count).flatMap { whole[($0 * 21)...].prefix(rowCount) }
                #expect(first == expected, "\(rowCount) of 21 rows times \(count)")
            }
        }
    }

    @Test(arguments: TensorType.allCases)
    func everyPathRoundsActivationsToTheSameBits(type: TensorType) {
        var random = TestRandom(seed: UInt64(type.rawValue) + 300)
        let rows = StoredRows(type: type.rawValue, length: type.blockElements * 9, rowBytes: 0)
        for size in [0x1p-146, 1e-38, 1e-30, 1e-7, 1, 500, 1e7, 1e38] as [Float] {
            let numbers = (0..<rows.length).map { _ in Float.random(in: -size...size, using: &random) }
            let portable = PackedActivations(numbers, for: rows, type, path: .portable)
            #expect(portable.bytes == PackedActivations(numbers, for: rows, type, path: .current).bytes)
        }
    }

    /// Largest 254, so the scale is 2: 3, −3, 5 and 1 lie in the middle between two whole numbers and go to the even
    /// one. Σ q = 127 + 2 − 2 + 2 + 0 = 129.
    @Test(arguments: paths)
    func roundsActivationsOfABlockToTheNearestEven(path: CPUPath) {
        let rows = StoredRows(type: TensorType.q4_1.rawValue, length: 64, rowBytes: 0)
        let numbers: [Float] = [254, 3, -3, 5, 1] + [Float](repeating: 0, count: 59)
        let packed = PackedActivations(numbers, for: rows, .q4_1, path: path)
        #expect(packed.codes == [127, 2, -2, 2, 0] + [Int8](repeating: 0, count: 59))
        #expect(packed.scales == [2, 0])
        #expect(packed.scaledSums == [258, 0])
        #expect(packed.sums == [129, 0])
        #expect(packed.bytes.count == 128)  // 64 + 2 · 3 · 4 = 88, up to a multiple of 64
    }

    /// 1 / 127 has no end; as Float16 it is 1032 · 2⁻¹⁷. The sum of q is 127, and 127 times the unrounded scale is 1.
    @Test(arguments: paths)
    func storesTheScaleOfActivationsAsFloat16(path: CPUPath) {
        let rows = StoredRows(type: TensorType.q8_0.rawValue, length: 32, rowBytes: 0)
        let numbers: [Float] = [1] + [Float](repeating: 0, count: 31)
        let packed = PackedActivations(numbers, for: rows, .q8_0, path: path)
        #expect(packed.scales == [1032 * 0x1p-17])
        #expect(packed.scaledSums == [1])
    }

    @Test(arguments: TensorType.allCases, [Float.nan, .infinity, -.infinity])
    func anActivationThatIsNoNumberIsNotOverlooked(type: TensorType, number: Float) throws {
        for path in Self.paths {
            var random = TestRandom(seed: UInt64(type.rawValue) + 400)
            let sample = StoredSample(type, blocks: 1, rowCount: 4, gap: 0, using: &random)
            let numbers = [Float](repeating: 1, count: sample.rows.length - 1) + [number]
            let packed = PackedActivations(numbers, for: sample.rows, type, path: path)
            let products = try products(sample, [packed], stride: 4, path)
            #expect(products.allSatisfy { !$0.isFinite })
        }
    }

    @Test func aPathThatTheProcessorLacksIsThePortableOne() throws {
        let lacking = CPUPath.allCases.filter { !Self.paths.contains($0) }
        var random = TestRandom(seed: 5)
        let sample = StoredSample(.q4_0, blocks: 5, rowCount: 3, gap: 0, using: &random)
        let packed = activations(sample, .portable, using: &random)
        for path in lacking {
            try expectPlainReading(sample.bytes, .q4_0, path)
            let answers = try [path, .portable].map { try products(sample, [packed], stride: 3, $0) }
            #expect(answers[0] == answers[1])
        }
    }

    @Test(arguments: TensorType.allCases, paths)
    func nothingTimesNothingWritesNothing(type: TensorType, path: CPUPath) throws {
        var random = TestRandom(seed: 6)
        let sample = StoredSample(type, blocks: 1, rowCount: 0, gap: 0, using: &random)
        let packed = activations(sample, path, using: &random)
        #expect(try products(sample, [packed], stride: 1, path) == [-7])
        #expect(try products(sample, [], stride: 1, path).isEmpty)
    }

    private func expectPlainReading(_ bytes: [UInt8], _ type: TensorType, _ path: CPUPath) throws {
        let rows = StoredRows(
            type: type.rawValue, length: bytes.count / type.blockBytes * type.blockElements, rowBytes: bytes.count)
        let plain = Dequantisation.numbers(of: type, in: bytes.span)
        var numbers = [Float](repeating: -7, count: rows.length + 1)
        try GuardedMemory.with(bytes) { row in
            numbers.withUnsafeMutableBufferPointer { room in
                if let start = room.baseAddress { rows.unpack(row, to: start, path: path) }
            }
        }
        #expect(numbers.dropLast().map(\.bitPattern) == plain.map(\.bitPattern))
        #expect(numbers.last == -7)
    }

    private func activations(
        _ sample: StoredSample, _ path: CPUPath, using random: inout TestRandom
    ) -> PackedActivations {
        let size = Float.random(in: 0.01...20, using: &random)
        let numbers = (0..<sample.rows.length).map { _ in Float.random(in: -size...size, using: &random) }
        return PackedActivations(numbers, for: sample.rows, sample.type, path: path)
    }

    /// Shape: `stride` a packed row. What the kernel does not write is −7.
    private func products(
        _ sample: StoredSample, _ packed: [PackedActivations], stride: Int, _ path: CPUPath
    ) throws -> [Float] {
        var products = [Float](repeating: -7, count: packed.count * stride)
        let bytes = packed.flatMap { $0.bytes }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 64), alignment: 64)
        defer { memory.deallocate() }
        memory.copyMemory(from: bytes, byteCount: bytes.count)
        try GuardedMemory.with(sample.bytes) { rows in
            products.withUnsafeMutableBufferPointer { room in
                guard let start = room.baseAddress else { return }
                sample.rows.dot(
                    rows, rowCount: sample.rowCount, activations: memory, activationCount: packed.count, to: start,
                    stride: stride, path: path)
            }
        }
        return products
    }
}
