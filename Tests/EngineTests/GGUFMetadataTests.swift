import Engine
import Testing

struct GGUFMetadataTests {
    private typealias Bytes = GGUFBytes

    @Test(
        arguments: [
            (0, [255], GGUFValue.unsigned(255)),
            (1, [255], .signed(-1)),
            (2, [0xFF, 0xFE], .unsigned(0xFEFF)),
            (3, [0xFE, 0xFF], .signed(-2)),
            (4, [1, 0, 0, 0x80], .unsigned(0x8000_0001)),
            (5, [0, 0, 0, 0x80], .signed(-0x8000_0000)),
            (6, [0, 0, 0xC0, 0x3F], .real(1.5)),
            (7, [0], .flag(false)),
            (7, [1], .flag(true)),
            (8, [2, 0, 0, 0, 0, 0, 0, 0, 0xC3, 0xA9], .text("é")),
            (10, [255, 255, 255, 255, 255, 255, 255, 255], .unsigned(.max)),
            (11, [255, 255, 255, 255, 255, 255, 255, 255], .signed(-1)),
            (12, [0, 0, 0, 0, 0, 0, 0xF8, 0xBF], .real(-1.5)),
            (9, [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 6], .array([.unsigned(5), .unsigned(6)])),
        ] as [(UInt32, [UInt8], GGUFValue)])
    func readsEveryTypeOfValue(type: UInt32, value: [UInt8], expected: GGUFValue) throws {
        let metadata = try metadata { $0.add("key", type: type, value) }
        #expect(metadata["key"] == expected)
        #expect(metadata.keys == ["key"])
    }

    @Test func readsArraysWithinArrays() throws {
        let inner = Bytes.array(type: 7, [[1], [0]])
        let metadata = try metadata { $0.add("key", type: 9, Bytes.array(type: 9, [inner, Bytes.array(type: 0, [])])) }
        #expect(metadata["key"] == .array([.array([.flag(true), .flag(false)]), .array([])]))
    }

    @Test func convertsAsTheReaderAsks() throws {
        let metadata = try small()
        #expect(try metadata.text("general.architecture") == "olmoe")
        #expect(try metadata.integer("general.alignment") == 32)
        #expect(try metadata.number("general.alignment") == 32)
        #expect(try metadata.number("olmoe.scale") == 0.5)
        #expect(try metadata.flag("olmoe.tied"))
        #expect(try metadata.texts("tokens") == ["a", "é", ""])
        #expect(try metadata.numbers("scores") == [-1, 2])
        #expect(metadata["nothing"] == nil)
    }

    @Test func refusesAMissingKeyAndAValueOfAnotherKindByName() throws {
        let metadata = try small()
        #expect(throws: GGUFRefusal(offset: 24, reason: .missing(.key, name: "nothing"))) {
            try metadata.integer("nothing")
        }
        // The value stands behind the header, the key's length and letters, and the type: 24 + 8 + 20 + 4.
        #expect(
            throws: GGUFRefusal(
                offset: 56,
                reason: .wrongValue(
                    key: "general.architecture", found: "a text", expected: "a whole number below 2^63"))
        ) { try metadata.integer("general.architecture") }
        #expect(throws: GGUFRefusal.self) { try metadata.integers("tokens") }
        #expect(throws: GGUFRefusal.self) { try metadata.texts("general.architecture") }
        #expect(throws: GGUFRefusal.self) { try metadata.text("tokens") }
        #expect(throws: GGUFRefusal.self) { try metadata.flag("general.alignment") }
        let large = try self.metadata { $0.add("key", type: 10, Bytes.number(UInt64.max)) }
        #expect(throws: GGUFRefusal.self) { try large.integer("key") }
    }

    @Test func refusesADuplicateKey() {
        let second = UInt64(24 + 8 + 1 + 4 + 1)
        #expect(
            refusal {
                $0.add("a", type: 7, [1])
                $0.add("a", type: 7, [0])
            } == GGUFRefusal(offset: second, reason: .duplicate(.key, name: "a")))
    }

    /// The value of a one-letter key begins at 24 + 8 + 1 + 4 = 37; the files are padded to 64 bytes.
    @Test(arguments: [.max, .max - 7, 1 << 63, 1 << 32, 64] as [UInt64])
    func refusesALengthThatTheFileCannotHold(length: UInt64) {
        let end = UInt64(45).addingReportingOverflow(length)
        #expect(
            refusal { $0.add("k", type: 8, Bytes.number(length) + [1, 2, 3]) }
                == GGUFRefusal(
                    offset: 45, reason: .truncated(found: 64, needed: end.overflow ? .max : end.partialValue)))
        #expect(refusal { $0.add("k", type: 9, Bytes.number(UInt32(10)) + Bytes.number(length) + [1]) } != nil)
        #expect(refusal { $0.entries.append(Bytes.number(length) + Bytes.number(UInt64(0))) } != nil)
    }

    @Test func boundsAllArraysTogether() {
        let most: UInt64 = 1 << 24
        #expect(
            refusal { $0.add("k", type: 9, Bytes.number(UInt32(0)) + Bytes.number(most + 1)) }
                == GGUFRefusal(offset: 41, reason: .tooLong(.array, found: most + 1, most: most)))
        #expect(
            refusal {
                $0.add("j", type: 9, Bytes.array(type: 0, [[1], [2]]))
                $0.add("k", type: 9, Bytes.number(UInt32(0)) + Bytes.number(most - 1))
            }?.reason == .tooLong(.array, found: most - 1, most: most - 2))
    }

    @Test func refusesWhatTheFormatDoesNotHave() {
        #expect(refusal { $0.add("k", type: 13, [0]) } == GGUFRefusal(offset: 37, reason: .unknownValueType(13)))
        #expect(refusal { $0.add("k", type: 7, [2]) } == GGUFRefusal(offset: 37, reason: .notTruthValue(2)))
        #expect(
            refusal { $0.add("k", type: 8, Bytes.number(UInt64(1)) + [0xFF]) }
                == GGUFRefusal(offset: 45, reason: .notText(.text)))
        #expect(
            refusal { $0.entries.append(Bytes.number(UInt64(65536)) + [UInt8](repeating: 65, count: 65541)) }
                == GGUFRefusal(offset: 24, reason: .tooLong(.key, found: 65536, most: 65535)))
    }

    @Test func refusesArraysTooDeep() {
        var value = Bytes.array(type: 0, [])
        for _ in 0..<1000 {
            value = Bytes.array(type: 9, [value])
        }
        #expect(refusal { $0.add("k", type: 9, value) }?.reason == .arraysTooDeep(most: 4))
    }

    private func metadata(_ fill: (inout GGUFBytes) -> Void) throws -> GGUFMetadata {
        var file = GGUFBytes()
        fill(&file)
        return try TemporaryFile.with(file.bytes) { try GGUFFile(readingFileAt: $0).metadata }
    }

    private func small() throws -> GGUFMetadata {
        try metadata { $0 = .small }
    }

    private func refusal(_ fill: (inout GGUFBytes) -> Void) -> GGUFRefusal? {
        do {
            _ = try metadata(fill)
            return nil
        } catch {
            return error as? GGUFRefusal
        }
    }
}
