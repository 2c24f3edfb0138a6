import Engine
import Support
import Testing

struct GGUFFileTests {
    @Test func readsTheNumbersOfTheRowsAskedFor() throws {
        let file = try open(GGUFBytes.small.bytes)
        let norm = try file.tensors.tensor("norm")
        #expect(try file.numbers(of: norm, rows: 0..<4) == (0..<16).map { Float($0) })
        #expect(try file.numbers(of: norm, rows: 1..<3) == (4..<12).map { Float($0) })
        #expect(try file.numbers(of: norm, rows: 2..<2) == [])
        #expect(try file.numbers(of: file.tensors.tensor("up"), rows: 1..<2).count == 32)
    }

    @Test(arguments: [0..<5, 4..<5, -1..<1, 0..<Int.max, Int.min..<0])
    func refusesRowsThatATensorLacks(rows: Range<Int>) throws {
        let file = try open(GGUFBytes.small.bytes)
        let norm = try file.tensors.tensor("norm")
        #expect(
            throws: GGUFRefusal(
                offset: UInt64(norm.start), reason: .tensor(name: "norm", .rows(asked: rows, count: 4)))
        ) { try file.numbers(of: norm, rows: rows) }
    }

    @Test func opensAFileOfNothingButItsHeader() throws {
        let file = try open(Array(GGUFBytes().bytes.prefix(24)))
        #expect(file.tensors.tensors.isEmpty)
        #expect(file.metadata.keys.isEmpty)
    }

    @Test func refusesAFileCutAtAnyByte() throws {
        let bytes = GGUFBytes.small.bytes
        for length in bytes.indices {
            #expect(throws: GGUFRefusal.self, "\(length) bytes") { try open(Array(bytes.prefix(length))) }
        }
        _ = try open(bytes)
    }

    /// A flip among the numbers changes no place; a flip before them is refused, or what is left still holds together.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func aFlippedBitIsRefusedOrHarmless(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let whole = GGUFBytes.small.bytes
        let right = try open(whole)
        let numbersStart = try right.tensors.tensor("norm").start
        var refused = 0
        for _ in 0..<500 {
            var bytes = whole
            var earliest = bytes.count
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                earliest = min(earliest, place)
            }
            do {
                let file = try open(bytes)
                try check(file, size: bytes.count)
                if earliest >= numbersStart { #expect(file.tensors.tensors == right.tensors.tensors) }
            } catch is GGUFRefusal {
                refused += 1
                #expect(earliest < numbersStart)
            }
        }
        // Both ways are met, or the test would show nothing.
        #expect((50..<450).contains(refused))
    }

    @Test func bytesAtRandomBehindAHeaderNeverStopTheReader() throws {
        var random = TestRandom(seed: 9)
        for _ in 0..<500 {
            var bytes = Array(GGUFBytes().bytes.prefix(8))
            bytes += GGUFBytes.number(UInt64.random(in: 0..<4, using: &random))
            bytes += GGUFBytes.number(UInt64.random(in: 0..<4, using: &random))
            bytes += (0..<300).map { _ in UInt8.random(in: 0..<(Bool.random(using: &random) ? 14 : 1), using: &random) }
            do {
                try check(open(bytes), size: bytes.count)
            } catch is GGUFRefusal {
                continue
            }
        }
    }

    /// The laws of a file that was opened: tensors inside it, apart, and as many numbers as their shapes say.
    private func check(_ file: GGUFFile, size: Int) throws {
        let tensors = file.tensors.tensors.sorted { $0.start < $1.start }
        for tensor in tensors {
            #expect(tensor.start >= 24)
            #expect(tensor.start + tensor.byteCount <= size)
            let count = tensor.shape.reduce(1, *)
            #expect(try file.numbers(of: tensor, rows: 0..<tensor.rowCount).count == count)
            #expect(file.tensors[tensor.name] == tensor)
        }
        for (first, second) in zip(tensors, tensors.dropFirst()) {
            #expect(first.start + first.byteCount <= second.start)
        }
        #expect(Set(file.metadata.keys).count == Int(file.header.metadataCount))
    }

    private func open(_ bytes: [UInt8]) throws -> GGUFFile {
        try TemporaryFile.with(bytes) { try GGUFFile(readingFileAt: $0) }
    }
}
