import Engine
import Testing

struct GGUFTensorTableTests {
    @Test(arguments: [2, 3] as [UInt32])
    func findsEveryTensor(version: UInt32) throws {
        var bytes = GGUFBytes.small
        bytes.version = version
        let file = try open(bytes)
        #expect(file.tensors.tensors.map(\.name) == ["norm", "up"])
        let up = try file.tensors.tensor("up")
        #expect(up.shape == [32, 2])
        #expect(up.type == .q8_0)
        #expect((up.rowLength, up.rowCount, up.rowBytes, up.byteCount) == (32, 2, 34, 68))
        #expect(up.start == bytes.bytes.count - 68)
        #expect(file.tensors["down"] == nil)
        #expect(throws: GGUFRefusal(offset: 24, reason: .missing(.tensor, name: "down"))) {
            try file.tensors.tensor("down")
        }
    }

    @Test func aTensorWithoutDimensionsIsOneNumber() throws {
        var bytes = GGUFBytes()
        bytes.add(tensor: "one", shape: [], type: 0, start: 0)
        bytes.numbers = GGUFBytes.number(Float(2.5).bitPattern)
        let file = try open(bytes)
        #expect(try file.numbers(of: file.tensors.tensor("one"), rows: 0..<1) == [2.5])
    }

    @Test func followsTheAlignmentTheFileNames() throws {
        var bytes = GGUFBytes(alignment: 128)
        bytes.add("general.alignment", type: 4, GGUFBytes.number(UInt32(128)))
        bytes.add(tensor: "a", shape: [1], type: 0, start: 0)
        bytes.add(tensor: "b", shape: [1], type: 0, start: 128)
        bytes.numbers = [UInt8](repeating: 0, count: 132)
        #expect(try open(bytes).tensors.tensors.map(\.start) == [128, 256])
        bytes.tensors.removeLast()
        bytes.add(tensor: "b", shape: [1], type: 0, start: 32)
        #expect(flaw(bytes) == .misaligned(start: 32, alignment: 128))
    }

    @Test(arguments: [0, 1, 4, 33, 48, 1 << 21, UInt32.max])
    func refusesAnAlignmentThatIsNone(alignment: UInt32) {
        var bytes = GGUFBytes()
        bytes.add("general.alignment", type: 4, GGUFBytes.number(alignment))
        #expect(throws: GGUFRefusal.self) { try open(bytes) }
    }

    /// Behind the padding the numbers take 64 bytes, to byte 128.
    @Test(
        arguments: [
            ([17], 0, 0, .outside(end: 132, fileSize: 128)),
            ([1], 0, 64, .outside(end: 132, fileSize: 128)),
            ([1], 0, UInt64.max - 31, .outside(end: nil, fileSize: 128)),
            ([1], 0, 1 << 63, .outside(end: 1 << 63 + 68, fileSize: 128)),
            ([1], 0, 4, .misaligned(start: 4, alignment: 32)),
            ([0], 0, 0, .shape([0])),
            ([4, 0], 0, 0, .shape([4, 0])),
            ([UInt64.max], 0, 0, .shape([.max])),
            ([1 << 62], 0, 0, .shape([1 << 62])),
            ([1 << 32, 1 << 32], 0, 0, .shape([1 << 32, 1 << 32])),
            ([32, 1 << 31, 1 << 31, 1 << 31], 2, 0, .shape([32, 1 << 31, 1 << 31, 1 << 31])),
            ([1, 1, 1, 1, 1], 0, 0, .dimensions(found: 5, most: 4)),
            ([31], 8, 0, .unevenRows(length: 31, block: 32)),
            ([128, 2], 12, 0, .unevenRows(length: 128, block: 256)),
            ([1], 4, 0, .type(4)),
            ([1], 0xFFFF_FFFF, 0, .type(0xFFFF_FFFF)),
        ] as [([UInt64], UInt32, UInt64, GGUFRefusal.TensorFlaw)])
    func refusesATensorThatCannotBe(
        shape: [UInt64], type: UInt32, start: UInt64, expected: GGUFRefusal.TensorFlaw
    ) {
        var bytes = GGUFBytes()
        bytes.add(tensor: "t", shape: shape, type: type, start: start)
        bytes.numbers = [UInt8](repeating: 0, count: 128 - GGUFBytes(tensors: bytes.tensors).bytes.count)
        #expect(flaw(bytes) == expected)
    }

    @Test func refusesTensorsThatShareBytesInWhateverOrderTheyStand() {
        for names in [["a", "b"], ["b", "a"]] {
            var bytes = GGUFBytes()
            for name in names {
                bytes.add(tensor: name, shape: [name == "a" ? 9 : 1], type: 0, start: name == "a" ? 0 : 32)
            }
            bytes.numbers = [UInt8](repeating: 0, count: 64)
            #expect(flaw(bytes) == .overlap(with: "a"))
        }
    }

    @Test func refusesADuplicateName() {
        var bytes = GGUFBytes()
        bytes.add(tensor: "a", shape: [1], type: 0, start: 0)
        bytes.add(tensor: "a", shape: [1], type: 0, start: 32)
        bytes.numbers = [UInt8](repeating: 0, count: 64)
        let second = UInt64(24 + bytes.tensors[0].count)
        #expect(refusal(bytes) == GGUFRefusal(offset: second, reason: .duplicate(.tensor, name: "a")))
    }

    @Test func refusesANameLongerThanTheFormatAllows() {
        var bytes = GGUFBytes()
        bytes.add(tensor: String(repeating: "n", count: 65), shape: [1], type: 0, start: 0)
        #expect(refusal(bytes) == GGUFRefusal(offset: 24, reason: .tooLong(.tensor, found: 65, most: 64)))
    }

    private func open(_ bytes: GGUFBytes) throws -> GGUFFile {
        try TemporaryFile.with(bytes.bytes) { try GGUFFile(readingFileAt: $0) }
    }

    private func refusal(_ bytes: GGUFBytes) -> GGUFRefusal? {
        do {
            _ = try open(bytes)
            return nil
        } catch {
            return error as? GGUFRefusal
        }
    }

    private func flaw(_ bytes: GGUFBytes) -> GGUFRefusal.TensorFlaw? {
        guard case .tensor(_, let flaw) = refusal(bytes)?.reason else { return nil }
        return flaw
    }
}
